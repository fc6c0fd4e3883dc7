package eiponlaunch.findfreeeip;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The instances that may want the same addresses, the instance itself among them. */
final class Rivals {
    /** So many that wait are served before one that comes later can change their places. */
    private static final int FEW = 10;

    /** More that look twice need more tokens of Auto Scaling than it has at once: each takes another to be completed. */
    private static final int MOST_TO_LOOK_TWICE = 150;

    private final List<Seen> all;
    private final List<Seen> waiting;
    private final int beingServed;

    /** @param holders the instances that have an address of the pool */
    Rivals(List<Seen> all, Set<String> holders) {
        this.all = all;
        this.waiting = new ArrayList<>(all.size());
        var served = 0;
        for (var seen : all) {
            if (!holders.contains(seen.instanceId())) {
                waiting.add(seen);
            } else if (seen.launching()) {
                served++;
            }
        }
        this.beingServed = served;
    }

    /** Of those in service only the ones that want an address, where that is known. */
    static Rivals of(Optional<Zone> zone, Optional<List<Seen>> group, FindFreeEipInput input, Set<String> holders) {
        var besides = besides(zone, group.orElse(List.of()));
        var wanting = input.afterLaunches();
        if (wanting.isEmpty()) {
            return new Rivals(besides, holders);
        }
        var rivals = new ArrayList<>(besides);
        rivals.removeIf(seen -> !seen.launching());
        var launches = rivals.stream().map(Seen::instanceId).collect(Collectors.toUnmodifiableSet());
        for (var index = 0; index < wanting.size(); index++) {
            if (!launches.contains(wanting.get(index))) { // one that left Standby since is Pending for a moment
                rivals.add(new Seen(wanting.get(index), false, input.zoneAfterLaunches(index)));
            }
        }
        return new Rivals(rivals, holders);
    }

    /** Those that can use the same addresses, as far as the zones' names tell. */
    private static List<Seen> besides(Optional<Zone> zone, List<Seen> all) {
        if (zone.isEmpty()) {
            return all;
        }
        var like = new HashMap<String, Boolean>(); // there are few zones and many instances
        for (var seen : all) {
            if (seen.zone() != null && !like.containsKey(seen.zone().name())) {
                like.put(seen.zone().name(), seen.zone().isLike(zone.get()));
            }
        }
        return like.containsValue(false)
                ? all.stream()
                        .filter(one -> one.zone() == null || like.get(one.zone().name()))
                        .toList()
                : all;
    }

    /** Whom the instance may have to leave an address to: those of its zone alone, unless some address serves every zone. */
    static List<Seen> contending(List<Seen> waiting, FreeEips free, Optional<Zone> own) {
        return own.isEmpty() || !free.ofEveryZone().isEmpty()
                ? waiting
                : waiting.stream()
                        .filter(one -> one.zone() == null
                                || one.zoneName().equals(own.get().name()))
                        .toList();
    }

    List<Seen> all() {
        return all;
    }

    /**
     * Those who wait for an address; one in service may have got it a moment ago.
     *
     * @param launchTimes as far as they are known; nothing when they were not asked for
     */
    List<Seen> waiting(Map<String, Instant> launchTimes) {
        return launchTimes.isEmpty()
                ? waiting
                : waiting.stream().map(launched(launchTimes)).toList();
    }

    LaunchQueue queue(String instanceId, Map<String, Instant> launchTimes) {
        var shownAs = LaunchQueue.among(all, instanceId).map(launched(launchTimes));
        return new LaunchQueue(instanceId, shownAs, waiting(launchTimes), beingServed);
    }

    /**
     * Whether somebody has to wait, for an address or for EC2's rate. Then the first launched go first, and who comes later
     * changes nobody's place; as far as it is worth asking who they are.
     */
    boolean areWorthTheirLaunchTimes(FreeEips free, Optional<Zone> own, String instanceId, boolean inStorm) {
        var contending = contending(waiting, free, own);
        return contending.size() <= Ec2Reads.MOST_INSTANCES
                && LaunchQueue.among(contending, instanceId).isPresent()
                && (inStorm || contending.size() > FEW || Lane.isScarce(free, contending));
    }

    boolean leaveTokensForAnotherLook() {
        return waiting.stream().filter(Seen::launching).count() <= MOST_TO_LOOK_TWICE;
    }

    Set<String> withoutEip() {
        return waiting.stream().map(Seen::instanceId).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Who is too new for EC2 to show it was launched no earlier than the others; nothing where no time is known. */
    private static UnaryOperator<Seen> launched(Map<String, Instant> launchTimes) {
        if (launchTimes.isEmpty()) {
            return seen -> seen;
        }
        var latest = Collections.max(launchTimes.values());
        return seen -> seen.launchedAt(launchTimes.getOrDefault(seen.instanceId(), latest));
    }
}
