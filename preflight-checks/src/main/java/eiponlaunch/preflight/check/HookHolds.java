package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Hook;
import java.util.List;

/**
 * The hook is there, holds launches, and abandons those that nobody completes.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html">LifecycleHook</a>
 */
final class HookHolds extends Check {
    private static final String LAUNCHING = "autoscaling:EC2_INSTANCE_LAUNCHING";

    @Override
    public List<Finding> judge(Facts facts) {
        return onEach(facts.hooks(), hook -> judge(hook, facts.groupName()));
    }

    private Finding judge(Hook hook, String group) {
        if (!LAUNCHING.equals(hook.transition())) {
            return failed(
                    hook.name() + " is a hook of " + hook.transition() + ", not of " + LAUNCHING,
                    "delete it and put it anew with --lifecycle-transition " + LAUNCHING);
        }
        if (!"ABANDON".equals(hook.defaultResult())) {
            return failed(
                    hook.name() + ": default result " + hook.defaultResult()
                            + ", so an instance that got no address goes into service",
                    "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + group + " --lifecycle-hook-name "
                            + hook.name() + " --default-result ABANDON");
        }
        return ok(hook.name() + ": holds launches, default result ABANDON");
    }
}
