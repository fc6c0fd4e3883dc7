package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Seen;
import eiponlaunch.preflight.facts.Settings;
import java.util.List;

/** The hook holds an instance until the workflow has given up: the deadline, and then time enough for ABANDON. */
final class HeartbeatLongEnough extends Check {
    /** What the retries of ABANDON need after the deadline. */
    private static final int SECONDS_TO_ABANDON = 120;

    @Override
    public List<Finding> judge(Facts facts) {
        // Without a stack the defaults are judged; StackDeployed says that there is none.
        var timeouts = facts.stack() instanceof Seen.Value ? facts.timeouts() : Seen.of(List.<Integer>of());
        return on(
                timeouts,
                seconds -> onEach(facts.hooks(), hook -> judge(hook, facts.groupName(), facts.settings(), seconds)));
    }

    private Finding judge(Hook hook, String group, Settings settings, List<Integer> timeouts) {
        // An association may begin just before the deadline; its function, and the one that completes, still run.
        var functions = timeouts.stream().mapToInt(Integer::intValue).sum();
        var needed = settings.deadlineSeconds() + Math.max(SECONDS_TO_ABANDON, functions);
        var seen = hook.name() + ": heartbeat " + hook.heartbeatSeconds() + " s";
        if (hook.heartbeatSeconds() < needed) {
            return failed(
                    seen + ", but the deadline of " + settings.deadlineSeconds() + " s and what follows it need "
                            + needed + " s",
                    put(hook, group, Math.max(needed, settings.heartbeatSeconds())) + ", or lower DeadlineSeconds");
        }
        if (hook.heartbeatSeconds() != settings.heartbeatSeconds()) {
            return warning(
                    seen + ", but the parameter HeartbeatSeconds is " + settings.heartbeatSeconds()
                            + ": ABANDON is tried for that long",
                    put(hook, group, settings.heartbeatSeconds()) + ", or set HeartbeatSeconds="
                            + hook.heartbeatSeconds());
        }
        return ok(seen + ", deadline " + settings.deadlineSeconds() + " s");
    }

    private static String put(Hook hook, String group, int seconds) {
        return "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + group + " --lifecycle-hook-name "
                + hook.name() + " --heartbeat-timeout " + seconds;
    }
}
