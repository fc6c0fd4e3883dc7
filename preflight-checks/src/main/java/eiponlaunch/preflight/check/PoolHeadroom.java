package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.MaintenancePolicy;
import eiponlaunch.preflight.facts.PoolAddresses;

/**
 * The pool has addresses for the instances that an instance refresh launches before the old ones have given theirs back.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html">RefreshPreferences</a>
 */
final class PoolHeadroom extends PoolCheck {
    /** The percentages of an instance refresh when neither it nor the group says otherwise. */
    private static final MaintenancePolicy DEFAULT = new MaintenancePolicy(90, 100);

    @Override
    Finding judge(Group group, PoolAddresses pool) {
        var size = pool.usable().size();
        var surge = surge(group.maxSize(), group.maintenance().orElse(DEFAULT));
        var seen =
                pool.name() + ": " + Math.max(0, size - group.maxSize()) + " more than the maximum size; a refresh of "
                        + group.maxSize() + " instances needs up to " + surge + " more";
        var missing = group.maxSize() + surge - size;
        return missing <= 0
                ? ok(seen)
                : warning(
                        seen + ", else its launches wait for addresses to come back",
                        allocate(missing, pool) + " (examples/README.md says how many a pool needs)");
    }

    /**
     * How many instances may run, or end and still hold an address, beyond the group's size. Above 100 percent they are
     * launched first; else as many as the least healthy percentage allows are ended first, and at least one.
     */
    private static int surge(int size, MaintenancePolicy policy) {
        var percent = policy.maxHealthyPercentage() > 100
                ? policy.maxHealthyPercentage() - 100
                : 100 - policy.minHealthyPercentage();
        return size == 0 ? 0 : Math.max(1, (size * percent + 99) / 100);
    }
}
