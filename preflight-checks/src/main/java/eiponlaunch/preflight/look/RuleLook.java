package eiponlaunch.preflight.look;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.preflight.check.Fix;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Rule;
import eiponlaunch.preflight.facts.Rule.Match;
import eiponlaunch.preflight.facts.Seen;
import eiponlaunch.preflight.facts.Transition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * A rule of the stack, and which events it matches.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html">TestEventPattern</a>
 */
record RuleLook(EventBridgeClient eventBridge, Account account) {
    Seen<Rule> rule(String name) {
        return Call.of("events:DescribeRule", () -> {
                    try {
                        return Seen.of(eventBridge.describeRule(request -> request.name(name)));
                    } catch (ResourceNotFoundException e) {
                        return Seen.missing(
                                "the stack's rule " + name + " is gone",
                                Fix.run("deploy the stack again", "sam deploy"));
                    }
                })
                .then(rule -> Call.of(
                        "events:ListTargetsByRule",
                        () -> Seen.of(new Rule(
                                name,
                                rule.state() == RuleState.ENABLED,
                                rule.eventPattern(),
                                eventBridge.listTargetsByRule(request -> request.rule(name)).targets().stream()
                                        .map(Target::arn)
                                        .toList()))));
    }

    /** Whether EventBridge finds that the rule's pattern matches the event of an instance that the hook holds. */
    Seen<Match> matches(Rule rule, Group group, Transition transition, String hook) {
        return Call.of("events:TestEventPattern", () -> {
            var matches = eventBridge
                    .testEventPattern(
                            request -> request.eventPattern(rule.pattern()).event(event(group, transition, hook)))
                    .result();
            return matches == null
                    ? Seen.noAnswer("events:TestEventPattern", "nothing")
                    : Seen.of(new Match(hook, matches));
        });
    }

    /** The enabled rules of the bus, other than the stack's, that match the event as well; by their names. */
    Seen<List<String>> others(Rule own, Group group, Transition transition, String hook) {
        return Call.of(
                        "events:ListRules",
                        () -> Seen.of(enabled()
                                .filter(rule -> !rule.name().equals(own.name()))
                                .filter(rule -> mayBeOfAutoScaling(rule.eventPattern()))
                                .toList()))
                .then(rules -> Seen.each(rules, rule -> matches(rule, group, transition, hook)))
                .then(judged ->
                        Seen.of(judged.stream().flatMap(Optional::stream).toList()));
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
        return rules.stream().filter(rule -> rule.state() == RuleState.ENABLED && rule.eventPattern() != null);
    }

    /** Saves a call for each rule that names another source. */
    private static boolean mayBeOfAutoScaling(String pattern) {
        return Stream.of("autoscaling", "\"prefix\"", "\"wildcard\"", "\"anything-but\"")
                        .anyMatch(pattern::contains)
                || !pattern.contains("\"source\"");
    }

    private Seen<Optional<String>> matches(
            software.amazon.awssdk.services.eventbridge.model.Rule rule,
            Group group,
            Transition transition,
            String hook) {
        return Call.of("events:TestEventPattern", () -> {
            var matches = eventBridge
                    .testEventPattern(
                            request -> request.eventPattern(rule.eventPattern()).event(event(group, transition, hook)))
                    .result();
            return Seen.of(Optional.of(rule.name()).filter(name -> Boolean.TRUE.equals(matches)));
        });
    }

    /** An event of the group as Auto Scaling would send it, of an instance that does not exist. */
    private String event(Group group, Transition transition, String hook) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0")
                .put("id", "00000000-0000-0000-0000-000000000000")
                .put("detail-type", transition.detailType())
                .put("source", "aws.autoscaling")
                .put("account", account.id())
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", account.region());
        event.putArray("resources").add(group.arn());
        event.putObject("detail")
                .put("LifecycleActionToken", "00000000-0000-0000-0000-000000000000")
                .put("AutoScalingGroupName", group.name())
                .put("LifecycleHookName", hook)
                .put("EC2InstanceId", "i-00000000000000000")
                .put("LifecycleTransition", transition.lifecycleTransition())
                .put("Origin", transition.origin())
                .put("Destination", transition.destination());
        return event.toString();
    }
}
