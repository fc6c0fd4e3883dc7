package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.HookPool;
import java.util.ArrayList;
import java.util.List;

/** Each hook says which pool its launches take their address from, in a form that the workflow reads. */
final class HookPoolReadable extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.hooks(), hooks -> {
            var findings = new ArrayList<Finding>();
            for (var hook : hooks) {
                var pool = HookPool.of(hook, facts.settings());
                var fix = pool.pool().isPresent()
                        ? "take the metadata away, or write {\"eipPool\": {\"Key\": \"value\"}}"
                        : "write {\"eipPool\": {\"Key\": \"value\"}} with keys that HookPoolTagKeys has";
                findings.add(
                        switch (pool.status()) {
                            case ok -> ok(hook.name() + " " + pool.seen());
                            case warning -> warning(hook.name() + ": " + pool.seen(), fix);
                            case failed -> failed(hook.name() + ": " + pool.seen(), fix);
                        });
            }
            if (facts.pools().size() > 1) {
                findings.add(warning(
                        "the hooks name " + facts.pools().size()
                                + " pools, so each launch takes an address of each, and the last replaces the others",
                        "leave the group one hook"));
            }
            return findings;
        });
    }
}
