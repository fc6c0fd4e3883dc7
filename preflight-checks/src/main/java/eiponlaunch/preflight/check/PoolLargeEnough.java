package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import java.util.ArrayList;

/** The pool has an address for each instance that the group may have. */
final class PoolLargeEnough extends PoolCheck {
    @Override
    Finding judge(Facts facts, PoolNeeds needs) {
        var pool = needs.pool();
        var group = needs.group();
        var seen = pool.name() + ": " + addresses(needs.size()) + ", maximum size " + group.describe(group.maxSize())
                + (needs.countsInstances() ? "" : ", instances now " + needs.most());
        if (needs.missingForSize() == 0) {
            return needs.countsInstances() ? ok(seen) : notCounted(this, needs);
        }
        var held = new ArrayList<String>();
        var orElse = "";
        if (needs.elsewhere() > 0) {
            held.add(needs.elsewhere() + " in use outside the group");
            orElse += ", or give other users a pool of their own";
        }
        if (needs.retained() > 0) {
            held.add(needs.retained() + " held by instances that the group retains");
            orElse += ", or terminate the retained instances";
        }
        var all = seen + (held.isEmpty() ? "" : ", but " + String.join(" and ", held));
        if (needs.size() < needs.most()) {
            var fix = allocate(needs.missingForSize(), pool, ", or lower the maximum size");
            return group.units().isEmpty() ? failed(all, fix) : warning(all, fix); // it may have fewer
        }
        return warning(all, allocate(needs.missingForSize(), pool, orElse));
    }
}
