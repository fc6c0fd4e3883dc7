package eiponlaunch.findfreeeip;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.findfreeeip.LaunchQueue.Peer;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.Zone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * The addresses that an instance tries, and the part of the queue that shares them with it. Where addresses serve one zone
 * alone, each zone has a lane of its own, and those for whom its addresses do not suffice have one together. So no two
 * instances try the same address, whatever their zones.
 *
 * @param usable what the instance can use, the addresses of its zone first
 * @param eips those of them that are this lane's
 * @param queue who waits for these
 * @param skipped how many of the usable addresses come before the lane's
 */
record Lane(List<ElasticIp> usable, List<ElasticIp> eips, LaunchQueue queue, int skipped) {
    /** One that waits, and the name of its zone, or null. */
    record Waiting(Peer peer, String zone) {}

    /** @param waiting all that have no address; the instance is none of them when its group does not show it */
    static Lane of(String instanceId, Zone zone, FreeEips free, List<Waiting> waiting) {
        var own = free.of(zone);
        // where no address serves one zone alone, those that share the lane are the same in any order
        var shares = free.ofZones().isEmpty() ? split(free, waiting) : shares(free, waiting);
        var ofZone = zone == null ? List.<Waiting>of() : shares.ofZones().getOrDefault(zone.name(), List.of());
        var inOwn = isAmong(ofZone, instanceId) || !own.isEmpty() && !isAmong(waiting, instanceId);
        var rivals = (inOwn ? ofZone : shares.ofEveryZone())
                .stream().map(Waiting::peer).toList();
        var usable = eips(free.usableIn(zone));
        return new Lane(
                usable,
                inOwn ? usable.subList(0, own.size()) : usable.subList(own.size(), usable.size()),
                new LaunchQueue(instanceId, rivals, Set.of()),
                inOwn ? 0 : own.size());
    }

    private static boolean isAmong(List<Waiting> waiting, String instanceId) {
        return waiting.stream().anyMatch(one -> one.peer().instanceId().equals(instanceId));
    }

    /** Whether not all of them can get an address. */
    static boolean isScarce(FreeEips free, List<Waiting> waiting) {
        return split(free, waiting).ofEveryZone().size() > free.ofEveryZone().size();
    }

    /** How many that get an address try before the instance. Who waits for one of a zone that has none keeps nobody waiting. */
    static int ahead(String instanceId, FreeEips free, List<Waiting> waiting) {
        var shares = shares(free, waiting);
        var served = new ArrayList<Peer>();
        shares.ofZones().values().forEach(ofZone -> ofZone.forEach(one -> served.add(one.peer())));
        shares.ofEveryZone().stream().limit(free.ofEveryZone().size()).forEach(one -> served.add(one.peer()));
        waiting.stream()
                .map(Waiting::peer)
                .filter(peer -> peer.instanceId().equals(instanceId) && !served.contains(peer))
                .forEach(served::add);
        return new LaunchQueue(instanceId, served, Set.of()).ahead();
    }

    private static ZoneShares<Waiting> shares(FreeEips free, List<Waiting> waiting) {
        var order = LaunchQueue.order(!isScarce(free, waiting));
        return split(
                free,
                waiting.stream()
                        .sorted(Comparator.comparing(Waiting::peer, order))
                        .toList());
    }

    private static ZoneShares<Waiting> split(FreeEips free, List<Waiting> waiting) {
        return ZoneShares.of(
                waiting,
                Waiting::zone,
                name -> free.ofZones().getOrDefault(name, List.of()).size());
    }

    private static List<ElasticIp> eips(List<Address> addresses) {
        return addresses.stream().map(PoolFilters::eip).toList();
    }

    /** The address at the instance's place; nothing when all of them are those of others. */
    Optional<ElasticIp> atPlace(List<String> triedInVain) {
        var place = queue.place(eips.size());
        var ofAll = new EipChoice(usable, triedInVain);
        return ofAll.stillFree().isEmpty()
                ? new EipChoice(eips, List.of()).at(place, queue.waiting())
                : ofAll.at(skipped + place, skipped + queue.waiting());
    }

    /** Where the queue is not known: one that the instance's ID chooses, of its zone's own when there are any. */
    Optional<ElasticIp> by(String instanceId, List<String> triedInVain) {
        var first = skipped > 0 ? usable.subList(0, skipped) : eips;
        var untried = new EipChoice(first, triedInVain);
        return (untried.stillFree().size() < first.size() ? untried : new EipChoice(usable, triedInVain))
                .by(instanceId);
    }
}
