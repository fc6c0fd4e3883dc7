package eiponlaunch.preflight.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Reconciling;
import eiponlaunch.preflight.facts.Stack;
import eiponlaunch.preflight.facts.Transition;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** The schedule that starts Reconcile, its role, and its groups. */
record ScheduleReader(SchedulerClient scheduler, IamClient iam, GroupReader groups) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Lookup<Reconciling> reconciling(Stack stack, List<String> names) {
        return stack.resource("ScheduledReconcile")
                .then(schedule -> stack.resource("Schedules")
                        .then(group -> schedule(group, schedule))
                        .then(found -> stack.resource("ReconcileScheduleRole")
                                .then(this::trusts)
                                .then(trusts -> groups.names(names)
                                        .then(there -> Lookup.each(there, groups::hooks)
                                                .then(hooks -> Lookup.of(new Reconciling(
                                                        schedule,
                                                        found.state() == ScheduleState.ENABLED,
                                                        found.target() == null
                                                                ? "nothing"
                                                                : found.target().arn(),
                                                        trusts,
                                                        names.stream()
                                                                .filter(name -> !there.contains(name))
                                                                .toList(),
                                                        IntStream.range(0, there.size())
                                                                .boxed()
                                                                .collect(toMap(
                                                                        there::get,
                                                                        number ->
                                                                                launchHooks(hooks.get(number)))))))))));
    }

    private static List<String> launchHooks(List<Hook> hooks) {
        return hooks.stream()
                .filter(hook ->
                        hook.transition().equals(Transition.LAUNCH.hook().lifecycleTransition()))
                .map(Hook::name)
                .toList();
    }

    private Lookup<GetScheduleResponse> schedule(String group, String name) {
        return Call.of("scheduler:GetSchedule", () -> {
            try {
                return Lookup.of(scheduler.getSchedule(
                        request -> request.groupName(group).name(name)));
            } catch (ResourceNotFoundException e) {
                return Lookup.missing(
                        "the stack's schedule " + name + " is gone", Fix.run("deploy the stack again", "sam deploy"));
            }
        });
    }

    /** The services that a role's trust policy names. IAM hands the policy out URL-encoded. */
    private Lookup<List<String>> trusts(String role) {
        return Call.of("iam:GetRole", () -> {
            try {
                var policy =
                        iam.getRole(request -> request.roleName(role)).role().assumeRolePolicyDocument();
                var services = new ArrayList<String>();
                for (var statement :
                        list(JSON.readTree(URLDecoder.decode(policy, UTF_8)).path("Statement"))) {
                    list(statement.path("Principal").path("Service"))
                            .forEach(service -> services.add(service.asText()));
                }
                return Lookup.of(services);
            } catch (NoSuchEntityException e) {
                return Lookup.missing(
                        "the stack's role " + role + " is gone", Fix.run("deploy the stack again", "sam deploy"));
            } catch (JsonProcessingException e) {
                return Lookup.noAnswer("iam:GetRole", "a trust policy that is not JSON");
            }
        });
    }

    /** A policy may have one thing in place of a list of one. */
    private static List<JsonNode> list(JsonNode node) {
        var items = new ArrayList<JsonNode>();
        if (node.isArray()) {
            node.forEach(items::add);
        } else if (!node.isMissingNode()) {
            items.add(node);
        }
        return items;
    }
}
