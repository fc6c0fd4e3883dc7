package eiponlaunch.findinstanceswithouteip;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.findfreeeip.LaunchQueue;
import eiponlaunch.findfreeeip.ZoneShares;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipOutput.InstanceWithoutEip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The instances in service of one pool's groups that have no address of the pool. All runs sort them in the same way,
 * so two runs that overlap agree on which instance gets which address.
 *
 * @param instances in the order of FindFreeEip's queue: in any other, those that are handed on first would wait for
 *     places that nobody takes
 */
record Drift(List<Member> instances) {
    /** An execution handles no more at once: its history and its values have quotas. */
    static final int AT_ONCE = 50;

    /** A dry run associates nothing, so it has room for more. */
    static final int AT_ONCE_IN_A_DRY_RUN = 300;

    /** What goes to every task for an instance. */
    static final int LONGEST_QUEUE = 1000;

    /**
     * @param inService all instances in service of the groups
     * @param holders the instances that have an address of the pool
     * @param repaired those that got one a moment ago
     */
    static Drift of(Collection<Member> inService, Set<String> holders, Collection<String> repaired) {
        var done = Set.copyOf(repaired);
        return new Drift(inService.stream()
                .filter(instance -> !holders.contains(instance.instanceId()))
                .filter(instance -> !done.contains(instance.instanceId()))
                .sorted(Comparator.comparing(Member::instanceId, LaunchQueue.ORDER))
                .toList());
    }

    /** Those that the execution has not given up yet. */
    Drift without(Collection<String> givenUp) {
        var over = Set.copyOf(givenUp);
        return new Drift(instances.stream()
                .filter(instance -> !over.contains(instance.instanceId()))
                .toList());
    }

    /**
     * Those for whom there is an address come first. Where addresses serve only one zone, an instance behind others of
     * its zone would otherwise keep one of another zone waiting in every run.
     */
    Drift servedFirst(FreeEips free) {
        var shares = ZoneShares.of(
                instances,
                Member::zoneName,
                name -> free.ofZones().getOrDefault(name, List.of()).size());
        var served = new HashSet<Member>();
        shares.ofZones().values().forEach(served::addAll);
        shares.ofEveryZone().stream().limit(free.ofEveryZone().size()).forEach(served::add);
        return new Drift(instances.stream()
                .sorted(Comparator.comparing(instance -> !served.contains(instance)))
                .toList());
    }

    int size() {
        return instances.size();
    }

    /** Those that come first. */
    List<InstanceWithoutEip> first(boolean dryRun) {
        return instances.stream()
                .limit(dryRun ? AT_ONCE_IN_A_DRY_RUN : AT_ONCE)
                .map(Member::withoutEip)
                .toList();
    }

    List<String> queue() {
        return instances.stream().limit(LONGEST_QUEUE).map(Member::instanceId).toList();
    }

    /** The zones of the queue's instances, in its order; null for one that is not known. */
    List<String> zonesOfQueue() {
        var zones = new ArrayList<String>();
        instances.stream().limit(LONGEST_QUEUE).map(Member::zoneName).forEach(zones::add);
        return zones;
    }
}
