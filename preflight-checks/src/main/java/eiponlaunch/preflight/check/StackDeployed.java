package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Stack;
import java.util.List;
import java.util.Set;

/**
 * The stack exists and is complete.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html">Stack status</a>
 */
final class StackDeployed extends Check {
    private static final Set<String> WHOLE = Set.of(
            "CREATE_COMPLETE",
            "UPDATE_COMPLETE",
            "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
            "UPDATE_ROLLBACK_COMPLETE",
            "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
            "IMPORT_COMPLETE",
            "IMPORT_ROLLBACK_COMPLETE");

    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.stack(), stack -> List.of(judge(stack)));
    }

    private Finding judge(Stack stack) {
        var seen = stack.name() + ": " + stack.status();
        if (WHOLE.contains(stack.status())) {
            return ok(seen);
        }
        return stack.status().endsWith("_IN_PROGRESS") && !stack.status().startsWith("DELETE")
                ? warning(seen, Fix.of("wait until this has ended, and run preflight again"))
                : failed(
                        seen,
                        Fix.run("read the stack's events, repair or delete the stack, and deploy it", "sam deploy"));
    }
}
