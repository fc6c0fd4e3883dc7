package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.List;

/**
 * The pool has an address for each instance that goes back into a warm pool: it keeps its address there, stopped, hibernated
 * or running, unless early release takes it. A terminating hook holds instances on their way into the warm pool, too. One that
 * has an address in the warm pool although none goes back with it counts as well, as long as it stays there.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceReusePolicy.html">InstanceReusePolicy</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html">Lifecycle hooks with
 *     a warm pool</a>
 */
final class WarmPoolHoldsNoAddress extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.groupWithWarmPool(),
                group -> onEach(facts.pools(), pool -> judge(group, pool, facts.isGivenBackEarly(pool.pool()))));
    }

    private Finding judge(Group group, PoolAddresses pool, boolean givenBackEarly) {
        if (group.warmPool().isEmpty()) {
            return ok("no warm pool");
        }
        var needs = new PoolNeeds(group, pool);
        var reuse = group.warmPool().get().reuseOnScaleIn();
        var kept = reuse && !givenBackEarly;
        if (!kept && needs.warm() == 0) {
            return ok(
                    reuse
                            ? "instances give their address back on their way into the warm pool"
                            : "warm pool without reuse: its instances get an address when they leave it");
        }
        if (!needs.countsInstances()) {
            return PoolCheck.notCounted(this, needs);
        }
        var most = needs.holders(kept);
        var seen = "up to " + most + " instances may hold an address"
                + (kept ? ", as they keep it when they go back into the warm pool" : "")
                + (needs.warm() == 0 ? "" : "; now in the warm pool: " + needs.warm())
                + "; " + pool.name() + " has " + PoolCheck.addresses(needs.size());
        return needs.size() - needs.unavailable() >= most
                ? ok(seen)
                : warning(
                        seen,
                        PoolCheck.allocate(
                                needs.missingForWarmPool(kept),
                                pool,
                                kept
                                        ? ", or set ReuseOnScaleIn=false on the warm pool, or give the group a terminating"
                                                + " hook for early release"
                                        : ", or take the addresses from the instances of the warm pool"));
    }
}
