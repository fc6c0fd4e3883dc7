package eiponlaunch.preflight.read;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Settings;
import eiponlaunch.preflight.facts.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a role may make a call.
 *
 * @param caller the function, state machine, rule or schedule whose role it is, as the role's name in the template begins
 * @param action the call
 * @param resource on what, as an ARN, or {@code *} where the call takes no resources
 * @param tags the tags of that resource, on which the permission may depend
 */
record Question(String caller, String action, String resource, Map<String, String> tags) {
    private static final String ANY = "*";

    Question {
        tags = Map.copyOf(tags);
    }

    /** All that the functions must be allowed for launches of the group, and for its terminations with early release. */
    static List<Question> all(Account account, Settings settings, Group group, List<PoolAddresses> pools) {
        var questions = new ArrayList<Question>();
        questions.add(new Question("FindFreeEip", "ec2:DescribeAddresses", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "ec2:DescribeInstances", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "ec2:DescribeAvailabilityZones", ANY, Map.of()));
        questions.add(new Question("FindFreeEip", "autoscaling:DescribeAutoScalingGroups", ANY, Map.of()));
        questions.add(new Question("AssociateEip", "ec2:DescribeInstances", ANY, Map.of()));
        var anInterface = account.arn("ec2", "network-interface/eni-00000000000000000");
        questions.addAll(ofThePools("AssociateEip", "ec2:AssociateAddress", account, pools));
        questions.add(new Question(
                "AssociateEip",
                "ec2:AssociateAddress",
                account.arn("ec2", "instance/i-00000000000000000"),
                tagsOfAnInstance(settings, group)));
        questions.add(new Question("AssociateEip", "ec2:AssociateAddress", anInterface, Map.of()));
        questions.add(new Question("CompleteLifecycle", "autoscaling:CompleteLifecycleAction", group.arn(), Map.of()));
        if (!settings.terminateHookNames().isEmpty()) {
            questions.add(new Question("DisassociateEip", "ec2:DescribeAddresses", ANY, Map.of()));
            questions.add(new Question("DisassociateEip", "ec2:DescribeInstances", ANY, Map.of()));
            questions.addAll(ofThePools("DisassociateEip", "ec2:DisassociateAddress", account, pools));
            questions.add(new Question("DisassociateEip", "ec2:DisassociateAddress", anInterface, Map.of()));
            questions.add(new Question(
                    "DisassociateEip", "autoscaling:RecordLifecycleActionHeartbeat", group.arn(), Map.of()));
        }
        return questions;
    }

    /** And what starts and runs them, and what only the schedule of Reconcile runs. */
    static Lookup<List<Question>> ofWorkflows(Account account, Settings settings, Stack stack) {
        var questions = new ArrayList<Lookup<Question>>();
        questions.add(start("LaunchRule", "StartOnce", stack));
        questions.add(start("StartOnce", "EipOnLaunch", stack));
        questions.add(invoke("StartOnce", "CompleteLifecycle", account, stack));
        for (var function : List.of("FindFreeEip", "AssociateEip", "CompleteLifecycle")) {
            questions.add(invoke("EipOnLaunch", function, account, stack));
        }
        if (!settings.terminateHookNames().isEmpty()) {
            questions.add(start("TerminateRule", "EipOnTerminate", stack));
            for (var function : List.of("DisassociateEip", "CompleteLifecycle")) {
                questions.add(invoke("EipOnTerminate", function, account, stack));
            }
        }
        if (!settings.reconcileGroups().isEmpty()) {
            questions.add(start("ReconcileSchedule", "Reconcile", stack));
            questions.add(on("Reconcile", "states:ListExecutions", stack.resource("Reconcile")));
            for (var function : List.of("FindInstancesWithoutEip", "FindFreeEip", "AssociateEip")) {
                questions.add(invoke("Reconcile", function, account, stack));
            }
            for (var action : List.of(
                    "autoscaling:DescribeAutoScalingGroups",
                    "autoscaling:DescribeLifecycleHooks",
                    "autoscaling:DescribeScalingActivities",
                    "ec2:DescribeAddresses")) {
                questions.add(on("FindInstancesWithoutEip", action, Lookup.of(ANY)));
            }
        }
        return Lookup.each(questions, question -> question);
    }

    private static Lookup<Question> start(String caller, String stateMachine, Stack stack) {
        return on(caller, "states:StartExecution", stack.resource(stateMachine));
    }

    private static Lookup<Question> invoke(String caller, String function, Account account, Stack stack) {
        return on(
                caller,
                "lambda:InvokeFunction",
                stack.resource(function).then(name -> Lookup.of(account.arn("lambda", "function:" + name))));
    }

    private static Lookup<Question> on(String caller, String action, Lookup<String> resource) {
        return resource.then(arn -> Lookup.of(new Question(caller, action, arn, Map.of())));
    }

    /** On an address of each pool, as it really is; made up when the pool has none. */
    private static List<Question> ofThePools(
            String function, String action, Account account, List<PoolAddresses> pools) {
        return pools.stream()
                .map(pool -> new Question(
                        function,
                        action,
                        account.arn(
                                "ec2",
                                "elastic-ip/"
                                        + pool.example()
                                                .map(Address::allocationId)
                                                .orElse("eipalloc-00000000000000000")),
                        pool.example().map(Address::tags).orElse(pool.pool().tags())))
                .toList();
    }

    /** InstancesTagged judges whether instances get the tag; here it is taken that they do. */
    private static Map<String, String> tagsOfAnInstance(Settings settings, Group group) {
        var tags = new LinkedHashMap<>(group.tags());
        tags.put("aws:autoscaling:groupName", group.name());
        if (!settings.instanceTagKey().isEmpty()) {
            tags.put(settings.instanceTagKey(), settings.instanceTagValue());
        }
        return tags;
    }
}
