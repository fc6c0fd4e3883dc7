package eiponlaunch.findinstanceswithouteip;

import eiponlaunch.findfreeeip.LaunchQueue;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipOutput.InstanceWithoutEip;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The instances in service of one pool's groups that have no address of the pool. All runs sort them alike, so that two that
 * overlap agree on who gets which address.
 *
 * @param instances in the order of FindFreeEip's queue: in any other, those that are handed on first would wait for places that
 *     nobody takes
 */
record Drift(List<InstanceWithoutEip> instances) {
    /** An execution handles no more at once: its history has an end, and its values have a size. */
    static final int AT_ONCE = 50;

    /** Nothing is associated in a dry run, so that it has room for more. */
    static final int AT_ONCE_IN_A_DRY_RUN = 300;

    /** What goes to every task for an instance. */
    static final int LONGEST_QUEUE = 1000;

    /**
     * @param inService all instances in service of the groups
     * @param holders the instances that have an address of the pool
     * @param repaired those that got one a moment ago
     */
    static Drift of(Collection<InstanceWithoutEip> inService, Set<String> holders, Collection<String> repaired) {
        var done = Set.copyOf(repaired);
        return new Drift(inService.stream()
                .filter(instance -> !holders.contains(instance.instanceId()))
                .filter(instance -> !done.contains(instance.instanceId()))
                .sorted(Comparator.comparing(InstanceWithoutEip::instanceId, LaunchQueue.ORDER))
                .toList());
    }

    /** Those that the execution has not given up yet. */
    Drift without(Collection<String> givenUp) {
        var over = Set.copyOf(givenUp);
        return new Drift(instances.stream()
                .filter(instance -> !over.contains(instance.instanceId()))
                .toList());
    }

    int size() {
        return instances.size();
    }

    /** Those that come first. */
    List<InstanceWithoutEip> first(boolean dryRun) {
        return instances.stream().limit(dryRun ? AT_ONCE_IN_A_DRY_RUN : AT_ONCE).toList();
    }

    List<String> queue() {
        return instances.stream()
                .limit(LONGEST_QUEUE)
                .map(InstanceWithoutEip::instanceId)
                .toList();
    }
}
