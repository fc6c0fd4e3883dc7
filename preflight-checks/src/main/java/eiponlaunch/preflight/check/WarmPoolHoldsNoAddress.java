package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.List;

/**
 * The pool has an address for each instance that goes back into a warm pool: a stopped instance keeps its address, unless
 * early release takes it. A terminating hook holds instances on their way into the warm pool, too.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceReusePolicy.html">InstanceReusePolicy</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html">Lifecycle hooks with
 *     a warm pool</a>
 */
final class WarmPoolHoldsNoAddress extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.group(),
                group -> onEach(facts.pools(), pool -> judge(group, pool, facts.isGivenBackEarly(pool.pool()))));
    }

    private Finding judge(Group group, PoolAddresses pool, boolean givenBackEarly) {
        if (group.warmPool().isEmpty()) {
            return ok("no warm pool");
        }
        var warmPool = group.warmPool().get();
        if (!warmPool.reuseOnScaleIn()) {
            return ok("warm pool without reuse: its instances get an address when they leave it");
        }
        if (givenBackEarly) {
            return ok("instances give their address back on their way into the warm pool");
        }
        var needs = new PoolNeeds(group, pool);
        var most = needs.reused().orElse(0);
        var seen = "up to " + most + " instances may hold an address, as they keep it when they go back into the warm"
                + " pool; " + pool.name() + " has " + PoolCheck.addresses(needs.size());
        return needs.size() - needs.unavailable() >= most
                ? ok(seen)
                : warning(
                        seen,
                        PoolCheck.allocate(
                                needs.missingForReuse(),
                                pool,
                                ", or set ReuseOnScaleIn=false on the warm pool, or give the group a terminating hook for"
                                        + " early release"));
    }
}
