package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import java.util.ArrayList;

/** The pool has an address for each instance that the group may have. */
final class PoolLargeEnough extends PoolCheck {
    @Override
    Finding judge(Facts facts, PoolNeeds needs) {
        var pool = needs.pool();
        var maxSize = needs.group().maxSize();
        var seen = pool.name() + ": " + addresses(needs.size()) + ", maximum size " + maxSize;
        if (needs.missingForSize() == 0) {
            return ok(seen);
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
        return needs.size() < maxSize
                ? failed(all, allocate(needs.missingForSize(), pool, ", or lower the maximum size"))
                : warning(all, allocate(needs.missingForSize(), pool, orElse));
    }
}
