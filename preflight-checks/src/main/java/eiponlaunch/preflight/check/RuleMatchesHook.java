package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Rule.Match;
import java.util.List;

/**
 * The rule matches the launch event of each hook. EventBridge itself is asked, with an event made up for that.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html">TestEventPattern</a>
 */
final class RuleMatchesHook extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return onEach(facts.matches(), match -> judge(match, facts.groupName()));
    }

    private Finding judge(Match match, String group) {
        return match.matches()
                ? ok("matches the launches that " + match.hook() + " holds")
                : failed(
                        "does not match the launches of " + group + " that " + match.hook() + " holds",
                        "give the stack's parameters HookNames and AutoScalingGroupName these names");
    }
}
