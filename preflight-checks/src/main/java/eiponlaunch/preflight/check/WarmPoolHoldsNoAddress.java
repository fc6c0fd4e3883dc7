package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.WarmPool;
import eiponlaunch.preflight.facts.PoolAddresses;

/**
 * The pool has an address for each instance that goes back into a warm pool: a stopped instance keeps its address.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceReusePolicy.html">InstanceReusePolicy</a>
 */
final class WarmPoolHoldsNoAddress extends PoolCheck {
    @Override
    Finding judge(Group group, PoolAddresses pool) {
        if (group.warmPool().isEmpty()) {
            return ok("no warm pool");
        }
        var warmPool = group.warmPool().get();
        if (!warmPool.reuseOnScaleIn()) {
            return ok("warm pool without reuse: its instances get an address when they leave it");
        }
        var most = most(group, warmPool);
        var size = pool.usable().size();
        var seen = "up to " + most + " instances may hold an address, as they keep it when they go back into the warm"
                + " pool; " + pool.name() + " has " + addresses(size);
        return size >= most
                ? ok(seen)
                : warning(seen, "set ReuseOnScaleIn=false on the warm pool, or " + allocate(most - size, pool));
    }

    private static int most(Group group, WarmPool warmPool) {
        return Math.max(
                group.maxSize() + warmPool.minSize(), warmPool.maxPrepared().orElse(0));
    }
}
