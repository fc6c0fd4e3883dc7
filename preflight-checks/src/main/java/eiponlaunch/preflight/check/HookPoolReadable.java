package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.HookPool;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Shell;
import eiponlaunch.preflight.facts.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The workflow can read from each hook which pool its launches take an address from, or its terminations give one back
 * to.
 */
final class HookPoolReadable extends HandlingCheck {
    @Override
    List<Finding> judge(Facts facts, Handling handling) {
        return on(handling.hooks(), hooks -> {
            var findings = new ArrayList<Finding>();
            hooks.forEach(hook -> findings.add(judge(hook, handling.transition(), facts)));
            var chosen = hooks.stream()
                    .flatMap(hook -> HookPool.of(hook, facts.settings().pools()).pool().stream())
                    .distinct()
                    .count();
            if (chosen > 1 && handling.transition() == Transition.LAUNCH) {
                findings.add(warning(
                        "the hooks choose " + chosen
                                + " pools, but an instance keeps one address: the last one replaces the others, or fails with"
                                + " OtherEipException and lets its hook run into the heartbeat",
                        Fix.of("keep only one of these hooks")));
            }
            return findings;
        });
    }

    private Finding judge(Hook hook, Transition transition, Facts facts) {
        var put = "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + Shell.quote(facts.groupName())
                + " --lifecycle-hook-name " + Shell.quote(hook.name())
                + " --notification-metadata '{\"eipPool\": {\"KEY\": \"value\"}}'";
        var pool = HookPool.of(hook, facts.settings().pools());
        if (pool.pool().isEmpty()) {
            return failed(
                    hook.name() + ": " + pool.refusal(),
                    Fix.run(
                            "choose a pool, with its tag in place of KEY and value, or extend the stack's parameter HookPoolTagKeys",
                            put));
        }
        var name = pool.pool().get().name();
        if (transition == Transition.TERMINATION && !isTakenFrom(pool, facts)) {
            return failed(
                    hook.name() + " gives back addresses of " + name + ", but launches take theirs of " + taken(facts),
                    Fix.of("give it the NotificationMetadata of the launch hook"));
        }
        return pool.metadataIgnored()
                ? warning(
                        hook.name() + ": its NotificationMetadata is not JSON and chooses no pool, so its pool is "
                                + name,
                        Fix.run("if it is meant to choose one, write its tag in place of KEY and value", put))
                : ok(hook.name() + ": " + name);
    }

    /** Whether launches take addresses of the pool. Assumed if it is not known. */
    private static boolean isTakenFrom(HookPool pool, Facts facts) {
        var pools = facts.pools().orElse(List.of());
        return pools.isEmpty() || pools.stream().map(PoolAddresses::pool).anyMatch(pool::covers);
    }

    private static String taken(Facts facts) {
        return facts.pools().orElse(List.of()).stream().map(PoolAddresses::name).collect(Collectors.joining(" and "));
    }
}
