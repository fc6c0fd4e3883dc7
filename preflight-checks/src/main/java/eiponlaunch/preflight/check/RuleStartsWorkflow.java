package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Rule;
import java.util.List;

/** The rule is enabled and starts the stack's state machine: StartOnce for launches, EipOnTerminate for terminations. */
final class RuleStartsWorkflow extends HandlingCheck {
    @Override
    List<Finding> judge(Facts facts, Handling handling) {
        var workflow = handling.transition().workflow();
        return on(
                facts.stack().then(stack -> stack.resource(workflow)),
                arn -> on(handling.rule(), rule -> List.of(judge(rule, workflow, arn))));
    }

    private Finding judge(Rule rule, String workflow, String arn) {
        if (!rule.enabled()) {
            return failed("the rule " + rule.name() + " is disabled", "aws events enable-rule --name " + rule.name());
        }
        if (!rule.targets().contains(arn)) {
            return failed(
                    "the rule " + rule.name() + " does not start " + workflow + ", but "
                            + (rule.targets().isEmpty() ? "nothing" : String.join(" ", rule.targets())),
                    "deploy the stack again, or detect its drift: aws cloudformation detect-stack-drift");
        }
        return ok("enabled, starts " + workflow);
    }
}
