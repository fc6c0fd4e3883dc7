package eiponlaunch.findfreeeip;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.Zone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    /** @param waiting all that have no address; the instance is none of them when its group does not show it */
    static Lane of(String instanceId, Zone zone, FreeEips free, List<Seen> waiting) {
        var own = free.of(zone);
        var shares = free.ofZones().isEmpty() ? split(free, waiting) : shares(free, waiting);
        var ofZone = zone == null ? List.<Seen>of() : shares.ofZones().getOrDefault(zone.name(), List.of());
        var inOwn = isAmong(ofZone, instanceId) || !own.isEmpty() && !isAmong(waiting, instanceId);
        var usable = PoolFilters.eips(free.usableIn(zone));
        return new Lane(
                usable,
                inOwn ? usable.subList(0, own.size()) : usable.subList(own.size(), usable.size()),
                LaunchQueue.of(instanceId, inOwn ? ofZone : shares.ofEveryZone()),
                inOwn ? 0 : own.size());
    }

    private static boolean isAmong(List<Seen> waiting, String instanceId) {
        return LaunchQueue.among(waiting, instanceId).isPresent();
    }

    /** Whether not all of them can get an address. */
    static boolean isScarce(FreeEips free, List<Seen> waiting) {
        return split(free, waiting).ofEveryZone().size() > free.ofEveryZone().size();
    }

    /** How many that get an address try before the instance. Who waits for one of a zone that has none keeps nobody waiting. */
    static int ahead(String instanceId, FreeEips free, List<Seen> waiting) {
        var shares = shares(free, waiting);
        var served = new ArrayList<Seen>();
        shares.ofZones().values().forEach(served::addAll);
        shares.ofEveryZone().stream().limit(free.ofEveryZone().size()).forEach(served::add);
        return new LaunchQueue(instanceId, LaunchQueue.among(waiting, instanceId), served, 0).ahead();
    }

    private static ZoneShares<Seen> shares(FreeEips free, List<Seen> waiting) {
        var order = LaunchQueue.order(!isScarce(free, waiting));
        return split(free, waiting.stream().sorted(order).toList());
    }

    /** Where no address serves one zone alone, those that share the lane are all that wait, in any order. */
    private static ZoneShares<Seen> split(FreeEips free, List<Seen> waiting) {
        return free.ofZones().isEmpty()
                ? new ZoneShares<>(Map.of(), waiting)
                : ZoneShares.of(
                        waiting,
                        Seen::zoneName,
                        name -> free.ofZones().getOrDefault(name, List.of()).size());
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
