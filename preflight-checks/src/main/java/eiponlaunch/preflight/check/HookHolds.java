package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Shell;
import eiponlaunch.preflight.facts.Transition;
import java.util.List;

/**
 * The hook exists, holds launches, and abandons launches that nobody completes. A hook for early release holds
 * terminations, and continues those that nobody completes.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html">LifecycleHook</a>
 */
final class HookHolds extends HandlingCheck {
    @Override
    List<Finding> judge(Facts facts, Handling handling) {
        var retains = facts.group().then(group -> Lookup.of(group.retains())).orElse(false);
        return onEach(handling.hooks(), hook -> judge(hook, handling.transition(), facts.groupName(), retains));
    }

    private Finding judge(Hook hook, Transition transition, String group, boolean retains) {
        var wanted = transition.hook().lifecycleTransition();
        if (!wanted.equals(hook.transition())) {
            return failed(
                    hook.name() + " is a hook of " + hook.transition() + ", not of " + wanted,
                    Fix.of("delete it and create it again with --lifecycle-transition " + wanted));
        }
        if (!transition.hook().defaultResult().equals(hook.defaultResult())) {
            var seen = hook.name() + ": default result " + hook.defaultResult() + ", so ";
            var put = Fix.run(
                    "change the default result",
                    "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + Shell.quote(group)
                            + " --lifecycle-hook-name " + Shell.quote(hook.name()) + " --default-result "
                            + transition.hook().defaultResult());
            return switch (transition) {
                case LAUNCH -> failed(seen + "an instance that got no address goes into service", put);
                case TERMINATION ->
                    warning(
                            seen
                                    + (retains
                                            ? "on a timeout the group retains the instance, which keeps its address"
                                            : "the group's other terminating hooks are skipped on a timeout"),
                            put);
            };
        }
        return ok(hook.name() + ": holds " + transition.hook().noun() + ", default result " + hook.defaultResult());
    }
}
