package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;

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
        var elsewhere = needs.elsewhere() == 0 ? "" : ", but " + needs.elsewhere() + " in use outside the group";
        return needs.size() < maxSize
                ? failed(seen + elsewhere, allocate(needs.missingForSize(), pool, ", or lower the maximum size"))
                : warning(
                        seen + elsewhere,
                        allocate(needs.missingForSize(), pool, ", or give other users a pool of their own"));
    }
}
