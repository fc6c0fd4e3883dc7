package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Rule.Match;
import eiponlaunch.preflight.facts.Transition;
import java.util.List;

/**
 * The rule matches the event of each hook. EventBridge itself is asked, with an event made up for that.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html">TestEventPattern</a>
 */
final class RuleMatchesHook extends HandlingCheck {
    @Override
    List<Finding> judge(Facts facts, Handling handling) {
        return onEach(handling.matches(), match -> judge(match, handling.transition(), facts.groupName()));
    }

    private Finding judge(Match match, Transition transition, String group) {
        return match.matches()
                ? ok("matches the " + transition.noun() + " that " + match.hook() + " holds")
                : failed(
                        "does not match the " + transition.noun() + " of " + group + " that " + match.hook() + " holds",
                        "give the stack's parameters " + transition.parameter()
                                + " and AutoScalingGroupName these names");
    }
}
