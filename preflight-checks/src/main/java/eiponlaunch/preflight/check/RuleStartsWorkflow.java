package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Rule;
import java.util.List;

/** The rule is enabled and starts the stack's state machine StartOnce. */
final class RuleStartsWorkflow extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.stack().then(stack -> stack.resource("StartOnce")),
                startOnce -> on(facts.rule(), rule -> List.of(judge(rule, startOnce))));
    }

    private Finding judge(Rule rule, String startOnce) {
        if (!rule.enabled()) {
            return failed("the rule " + rule.name() + " is disabled", "aws events enable-rule --name " + rule.name());
        }
        if (!rule.targets().contains(startOnce)) {
            return failed(
                    "the rule " + rule.name() + " does not start StartOnce, but "
                            + (rule.targets().isEmpty() ? "nothing" : String.join(" ", rule.targets())),
                    "deploy the stack again, or detect its drift: aws cloudformation detect-stack-drift");
        }
        return ok("enabled, starts StartOnce");
    }
}
