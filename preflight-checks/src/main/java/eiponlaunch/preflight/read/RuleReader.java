package eiponlaunch.preflight.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Rule;
import eiponlaunch.preflight.facts.Rule.Match;
import eiponlaunch.preflight.facts.Transition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * A rule of the stack, and which events it matches.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html">TestEventPattern</a>
 */
record RuleReader(EventBridgeClient eventBridge, Account account) {
    private static final String SOURCE = "aws.autoscaling";

    Lookup<Rule> rule(String name) {
        return Call.of("events:DescribeRule", () -> {
                    try {
                        return Lookup.of(eventBridge.describeRule(request -> request.name(name)));
                    } catch (ResourceNotFoundException e) {
                        return Lookup.missing(
                                "the stack's rule " + name + " is gone",
                                Fix.run("deploy the stack again", "sam deploy"));
                    }
                })
                .then(rule -> Call.of(
                        "events:ListTargetsByRule",
                        () -> Lookup.of(new Rule(
                                name,
                                rule.state() != RuleState.DISABLED,
                                rule.eventPattern(),
                                eventBridge.listTargetsByRule(request -> request.rule(name)).targets().stream()
                                        .map(Target::arn)
                                        .toList()))));
    }

    /** Whether EventBridge finds that the rule's pattern matches the event of an instance that the hook holds. */
    Lookup<Match> matches(Rule rule, Group group, Transition transition, String hook) {
        return Call.of("events:TestEventPattern", () -> {
            var matches = eventBridge
                    .testEventPattern(
                            request -> request.eventPattern(rule.pattern()).event(event(group, transition, hook)))
                    .result();
            return matches == null
                    ? Lookup.noAnswer("events:TestEventPattern", "nothing")
                    : Lookup.of(new Match(hook, matches));
        });
    }

    /** The enabled rules of the bus, other than the stack's, that match the event as well; by their names. */
    Lookup<List<String>> others(Rule own, Group group, Transition transition, String hook) {
        return Call.of(
                        "events:ListRules",
                        () -> Lookup.of(enabled()
                                .filter(rule -> !rule.name().equals(own.name()))
                                .filter(rule -> mayBeOfAutoScaling(rule.eventPattern()))
                                .toList()))
                .then(rules -> Lookup.each(rules, rule -> matches(rule, group, transition, hook)))
                .then(judged ->
                        Lookup.of(judged.stream().flatMap(Optional::stream).toList()));
    }

    private Stream<software.amazon.awssdk.services.eventbridge.model.Rule> enabled() {
        var rules = new ArrayList<software.amazon.awssdk.services.eventbridge.model.Rule>();
        String next = null;
        do {
            var token = next;
            var page = eventBridge.listRules(request -> request.nextToken(token));
            rules.addAll(page.rules());
            next = page.nextToken();
        } while (next != null);
        return rules.stream().filter(rule -> rule.state() != RuleState.DISABLED && rule.eventPattern() != null);
    }

    /** Saves a call for each rule that lists its sources and not this one. */
    private static boolean mayBeOfAutoScaling(String pattern) {
        try {
            var sources = new ObjectMapper().readTree(pattern).path("source");
            return sources.isMissingNode()
                    || StreamSupport.stream(sources.spliterator(), false)
                            .anyMatch(source ->
                                    !source.isTextual() || source.asText().equals(SOURCE));
        } catch (JsonProcessingException e) {
            return true; // EventBridge says what it makes of it
        }
    }

    private Lookup<Optional<String>> matches(
            software.amazon.awssdk.services.eventbridge.model.Rule rule,
            Group group,
            Transition transition,
            String hook) {
        return Call.of("events:TestEventPattern", () -> {
            var matches = eventBridge
                    .testEventPattern(
                            request -> request.eventPattern(rule.eventPattern()).event(event(group, transition, hook)))
                    .result();
            return Lookup.of(Optional.of(rule.name()).filter(name -> Boolean.TRUE.equals(matches)));
        });
    }

    /** An event of the group as Auto Scaling would send it, of an instance that does not exist. */
    private String event(Group group, Transition transition, String hook) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0")
                .put("id", "00000000-0000-0000-0000-000000000000")
                .put("detail-type", transition.hook().detailType())
                .put("source", SOURCE)
                .put("account", account.id())
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", account.region());
        event.putArray("resources").add(group.arn());
        event.putObject("detail")
                .put("LifecycleActionToken", "00000000-0000-0000-0000-000000000000")
                .put("AutoScalingGroupName", group.name())
                .put("LifecycleHookName", hook)
                .put("EC2InstanceId", "i-00000000000000000")
                .put("LifecycleTransition", transition.hook().lifecycleTransition())
                .put("Origin", transition.hook().origin())
                .put("Destination", transition.hook().destination());
        return event.toString();
    }
}
