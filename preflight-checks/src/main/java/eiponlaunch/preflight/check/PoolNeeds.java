package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.MaintenancePolicy;
import eiponlaunch.preflight.facts.Group.Member;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.function.Predicate;

/**
 * How many addresses a pool needs in all, and for what. Each check asks only for addresses that no earlier check has
 * asked for, so the numbers add up.
 *
 * @param group whose launches take the addresses, and the instances of its warm pool among its own
 * @param pool the pool
 */
record PoolNeeds(Group group, PoolAddresses pool) {
    /** The percentages of an instance refresh when neither it nor the group says otherwise. */
    private static final MaintenancePolicy DEFAULT = new MaintenancePolicy(90, 100);

    /** The addresses that a launch of the group can get once they are free. */
    int size() {
        return pool.usable().size();
    }

    /** Those of them that something outside the group and its warm pool has. */
    int elsewhere() {
        return size() - free() - heldBy(member -> true);
    }

    /** Those of them that instances have which the group retains: they do not come back by themselves. */
    int retained() {
        return heldBy(Member::retained);
    }

    /** Those of them that instances of the warm pool have: each takes its own along into service. */
    int warm() {
        return heldBy(member -> member.warm() && !member.retained());
    }

    private int heldBy(Predicate<Member> which) {
        var holders = group.instanceIds(which);
        return (int) pool.usable().stream()
                .filter(address ->
                        address.instanceId().filter(holders::contains).isPresent())
                .count();
    }

    /** Those of them that no launch of the group gets for the time being. */
    int unavailable() {
        return elsewhere() + retained();
    }

    int free() {
        return (int) pool.usable().stream().filter(address -> !address.inUse()).count();
    }

    /** Whether it is known how many instances the group may have, at least at most. */
    boolean countsInstances() {
        return group.mostInstances(group.maxSize()).isPresent();
    }

    /** How many instances the group may have; only those that it has where it counts something else. */
    int most() {
        return group.mostInstances(group.maxSize())
                .orElseGet(() -> group.instanceIds(member -> !member.warm() && !member.retained())
                        .size());
    }

    /** What to say before a number of instances. */
    String atMost() {
        return group.units().isEmpty() ? "" : countsInstances() ? "up to " : "at least ";
    }

    /** How many instances are still to come into service: those on their way, and at most so many that are not launched yet. */
    int outstanding() {
        return group.instanceIds(Member::launching).size()
                + group.mostToLaunch(member -> member.inService() || member.replacingRootVolume() || member.launching())
                        .orElse(0);
    }

    /** How many of them have their address already. */
    int served() {
        return Math.min(outstanding(), heldBy(Member::launching));
    }

    /**
     * How many instances may run, or end and still hold an address, beyond the group's size during a refresh. Above 100
     * percent they are launched first; else as many as the least healthy percentage allows are ended first, and at least one.
     */
    int surge() {
        var policy = group.maintenance().orElse(DEFAULT);
        var percent = policy.maxHealthyPercentage() > 100
                ? policy.maxHealthyPercentage() - 100
                : 100 - policy.minHealthyPercentage();
        return most() == 0 ? 0 : Math.max(1, (most() * percent + 99) / 100);
    }

    /**
     * How many instances may hold an address at once: those of a group at its maximum size, and those that are in the warm pool
     * meanwhile.
     *
     * @param kept whether instances keep theirs when they go back into it; else only those have one that have it now
     */
    int holders(boolean kept) {
        return most() + (kept ? besideTheGroup() : Math.min(besideTheGroup(), warm()));
    }

    /**
     * How many instances may be in the warm pool while the group has its maximum size.
     *
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutWarmPool.html">PutWarmPool</a>
     */
    private int besideTheGroup() {
        return group.warmPool()
                .map(warmPool ->
                        Math.max(warmPool.minSize(), warmPool.maxPrepared().orElse(0) - group.maxSize()))
                .flatMap(group::mostInstances)
                .orElse(0);
    }

    /** To allocate, so that every instance of the group can have one. */
    int missingForSize() {
        return missing(forSize(), size());
    }

    /** Also to allocate, so that a refresh does not wait for an address to come back. */
    int missingForRefresh() {
        return missing(forRefresh(), Math.max(size(), forSize()));
    }

    /** Also to allocate, so that the launches that are about to come find one. */
    int missingForNow() {
        return missing(size() + outstanding() - served() - free(), Math.max(size(), forRefresh()));
    }

    /** Also to allocate, so that instances in the warm pool may keep theirs. */
    int missingForWarmPool(boolean kept) {
        return missing(
                unavailable() + holders(kept), Math.max(Math.max(size(), forRefresh()), size() + missingForNow()));
    }

    private int forSize() {
        return most() + unavailable();
    }

    private int forRefresh() {
        return forSize() + surge();
    }

    private static int missing(int needed, int there) {
        return Math.max(0, needed - there);
    }
}
