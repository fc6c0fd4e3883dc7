package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Rule;
import eiponlaunch.preflight.facts.Shell;
import eiponlaunch.preflight.facts.Stack;
import java.util.List;

/** The rule is enabled and starts the stack's state machine: StartOnce for launches, EipOnTerminate for terminations. */
final class RuleStartsWorkflow extends HandlingCheck {
    @Override
    List<Finding> judge(Facts facts, Handling handling) {
        var workflow = handling.transition().stack().workflow();
        return on(
                facts.stack().then(stack -> stack.resource(workflow)),
                arn -> on(handling.rule(), rule -> List.of(judge(rule, workflow, arn, name(facts)))));
    }

    private static String name(Facts facts) {
        return facts.stack() instanceof Lookup.Value<Stack> stack
                ? stack.value().name()
                : "";
    }

    private Finding judge(Rule rule, String workflow, String arn, String stack) {
        if (!rule.enabled()) {
            return failed(
                    "the rule " + rule.name() + " is disabled",
                    Fix.run("enable it", "aws events enable-rule --name " + Shell.quote(rule.name())));
        }
        if (!rule.targets().contains(arn)) {
            return failed(
                    "the rule " + rule.name() + " does not start " + workflow + ", but "
                            + (rule.targets().isEmpty() ? "nothing" : String.join(" ", rule.targets())),
                    Fix.run(
                            "deploy the stack again, or detect its drift",
                            "aws cloudformation detect-stack-drift --stack-name " + Shell.quote(stack)));
        }
        return ok("enabled, starts " + workflow);
    }
}
