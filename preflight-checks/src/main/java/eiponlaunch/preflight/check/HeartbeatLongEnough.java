package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Settings;
import eiponlaunch.preflight.facts.Shell;
import java.util.List;

/**
 * The hook holds an instance until the workflow has given up: at a launch the deadline, and then time enough for ABANDON; at
 * a termination as long as the workflow takes the heartbeat to be.
 */
final class HeartbeatLongEnough extends HandlingCheck {
    /** What the retries of ABANDON need after the deadline. */
    private static final int SECONDS_TO_ABANDON = 120;

    @Override
    List<Finding> judge(Facts facts, Handling handling) {
        // Without a stack the defaults are judged; StackDeployed says that there is none.
        var timeouts = facts.stack() instanceof Lookup.Value ? handling.timeouts() : Lookup.of(List.<Integer>of());
        return on(
                timeouts,
                seconds -> onEach(handling.hooks(), hook -> {
                    // The last try may begin just before the end; its function, and the one that completes, still run.
                    var functions = seconds.stream().mapToInt(Integer::intValue).sum();
                    return switch (handling.transition()) {
                        case LAUNCH -> launch(hook, facts.groupName(), facts.settings(), functions);
                        case TERMINATION -> termination(hook, facts.groupName(), facts.settings());
                    };
                }));
    }

    /** No more than a warning: it only matters when AWS fails for long. */
    private Finding termination(Hook hook, String group, Settings settings) {
        var seen = hook.name() + ": heartbeat " + hook.heartbeatSeconds() + " s";
        return hook.heartbeatSeconds() != settings.terminateHeartbeatSeconds()
                ? warning(
                        seen + ", but the parameter TerminateHeartbeatSeconds is "
                                + settings.terminateHeartbeatSeconds() + ": CONTINUE is tried for that long",
                        put(
                                hook,
                                group,
                                settings.terminateHeartbeatSeconds(),
                                ", or set TerminateHeartbeatSeconds=" + hook.heartbeatSeconds()))
                : ok(seen + ", as TerminateHeartbeatSeconds");
    }

    private Finding launch(Hook hook, String group, Settings settings, int functions) {
        var needed = settings.deadlineSeconds() + Math.max(SECONDS_TO_ABANDON, functions);
        var seen = hook.name() + ": heartbeat " + hook.heartbeatSeconds() + " s";
        if (hook.heartbeatSeconds() < needed) {
            return failed(
                    seen + ", but the deadline of " + settings.deadlineSeconds() + " s and what follows it need "
                            + needed + " s",
                    put(hook, group, Math.max(needed, settings.heartbeatSeconds()), ", or lower DeadlineSeconds"));
        }
        if (hook.heartbeatSeconds() != settings.heartbeatSeconds()) {
            return warning(
                    seen + ", but the parameter HeartbeatSeconds is " + settings.heartbeatSeconds()
                            + ": ABANDON is tried for that long",
                    put(
                            hook,
                            group,
                            settings.heartbeatSeconds(),
                            ", or set HeartbeatSeconds=" + hook.heartbeatSeconds()));
        }
        return ok(seen + ", deadline " + settings.deadlineSeconds() + " s");
    }

    private static Fix put(Hook hook, String group, int seconds, String orElse) {
        return Fix.run(
                "change the heartbeat" + orElse,
                "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + Shell.quote(group)
                        + " --lifecycle-hook-name " + Shell.quote(hook.name()) + " --heartbeat-timeout " + seconds);
    }
}
