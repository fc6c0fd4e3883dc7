package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.HookPool;
import java.util.ArrayList;
import java.util.List;

/** The workflow can read from each hook which pool its launches take their address from. */
final class HookPoolReadable extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.hooks(), hooks -> {
            var findings = new ArrayList<Finding>();
            hooks.forEach(hook -> findings.add(judge(hook, facts)));
            var chosen = hooks.stream()
                    .flatMap(hook -> HookPool.of(hook, facts.settings().pools()).pool().stream())
                    .distinct()
                    .count();
            if (chosen > 1) {
                findings.add(warning(
                        "the hooks choose " + chosen
                                + " pools: each launch takes an address of each, and the last one replaces the others",
                        "leave the group one of the hooks"));
            }
            return findings;
        });
    }

    private Finding judge(Hook hook, Facts facts) {
        var put = "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + facts.groupName()
                + " --lifecycle-hook-name " + hook.name()
                + " --notification-metadata '{\"eipPool\": {\"KEY\": \"value\"}}'";
        var pool = HookPool.of(hook, facts.settings().pools());
        if (pool.pool().isEmpty()) {
            return failed(
                    hook.name() + ": " + pool.refusal(), put + ", or extend the stack's parameter HookPoolTagKeys");
        }
        var name = pool.pool().get().name();
        return pool.metadataIgnored()
                ? warning(
                        hook.name() + ": its NotificationMetadata is no JSON and chooses no pool, so it is " + name,
                        "if it was to choose one: " + put)
                : ok(hook.name() + ": " + name);
    }
}
