package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;

/** The pool has an address for each instance that the group may have. */
final class PoolLargeEnough extends PoolCheck {
    @Override
    Finding judge(Group group, PoolAddresses pool) {
        var usable = pool.usable();
        var seen = pool.name() + ": " + addresses(usable.size()) + ", maximum size " + group.maxSize();
        if (usable.size() < group.maxSize()) {
            return failed(seen, allocate(group.maxSize() - usable.size(), pool) + ", or lower the maximum size");
        }
        var elsewhere = usable.stream()
                .filter(Address::inUse)
                .filter(address -> address.instanceId()
                        .filter(group.instanceIds()::contains)
                        .isEmpty())
                .count();
        if (usable.size() - elsewhere < group.maxSize()) {
            return warning(
                    seen + ", but " + elsewhere + " in use outside the group",
                    "give other users a pool of their own, or " + allocate(elsewhere, pool));
        }
        return ok(seen);
    }
}
