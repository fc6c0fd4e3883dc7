package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Rule.Match;
import eiponlaunch.preflight.facts.Transition;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rule matches the event of each hook, and no other rule of the bus does: the second of two stacks that answer a launch
 * would find the first one's address. EventBridge itself is asked, with an event made up for that.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html">TestEventPattern</a>
 */
final class RuleMatchesHook extends HandlingCheck {
    @Override
    List<Finding> judge(Facts facts, Handling handling) {
        return Stream.concat(
                        onEach(handling.matches(), match -> judge(match, handling.transition(), facts.groupName()))
                                .stream(),
                        others(handling).stream())
                .toList();
    }

    /** Without the stack's own rule there is nothing to compare, and that is a finding already. */
    private List<Finding> others(Handling handling) {
        return handling.matches() instanceof Lookup.Nothing<List<Match>>
                ? List.of()
                : on(
                        handling.otherRules(),
                        names -> names.isEmpty()
                                ? List.of()
                                : List.of(
                                        warning(
                                                "other enabled rules match the same "
                                                        + handling.transition()
                                                                .hook()
                                                                .noun() + ": "
                                                        + String.join(", ", names),
                                                Fix.of(
                                                        "if one of them starts another stack of this kind, give each stack hook names of its"
                                                                + " own (HookNames): only one can give the instance its address"))));
    }

    private Finding judge(Match match, Transition transition, String group) {
        return match.matches()
                ? ok("matches the " + transition.hook().noun() + " that " + match.hook() + " holds")
                : failed(
                        "does not match the " + transition.hook().noun() + " of " + group + " that " + match.hook()
                                + " holds",
                        Fix.of("give the stack's parameters "
                                + transition.stack().parameter() + " and AutoScalingGroupName these names"));
    }
}
