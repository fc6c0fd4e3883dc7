package eiponlaunch.findfreeeip;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The instances that may want the same addresses, the instance itself among them.
 *
 * @param holders the instances that have an address of the pool
 */
record Rivals(List<Seen> all, Set<String> holders) {
    /** So many that wait are served before one that comes later can change their places. */
    private static final int FEW = 10;

    /** Of those in service only the ones that want an address, where that is known. */
    static Rivals of(Optional<Zone> zone, Optional<List<Seen>> group, FindFreeEipInput input, Set<String> holders) {
        var rivals = new ArrayList<>(Seen.besides(zone, group.orElse(List.of())));
        var wanting = input.afterLaunches();
        if (!wanting.isEmpty()) {
            rivals.removeIf(seen -> !seen.launching());
            var launches = rivals.stream().map(Seen::instanceId).collect(Collectors.toUnmodifiableSet());
            for (var index = 0; index < wanting.size(); index++) {
                if (!launches.contains(wanting.get(index))) { // one that left Standby since is Pending for a moment
                    rivals.add(new Seen(wanting.get(index), false, input.zoneAfterLaunches(index)));
                }
            }
        }
        return new Rivals(rivals, holders);
    }

    /** Whom the instance may have to leave an address to: those of its zone alone, unless some address serves every zone. */
    static List<Lane.Waiting> contending(List<Lane.Waiting> waiting, FreeEips free, Optional<Zone> own) {
        return own.isEmpty() || !free.ofEveryZone().isEmpty()
                ? waiting
                : waiting.stream()
                        .filter(one -> one.zone() == null
                                || one.zone().equals(own.get().name()))
                        .toList();
    }

    List<Lane.Waiting> waiting(Map<String, Instant> launchTimes) {
        var peer = peer(launchTimes);
        var waiting = new ArrayList<Lane.Waiting>(all.size());
        for (var seen : all) {
            if (!holders.contains(seen.instanceId())) {
                var zone = seen.zone() == null ? null : seen.zone().name();
                waiting.add(new Lane.Waiting(peer.apply(seen), zone));
            }
        }
        return waiting;
    }

    LaunchQueue queue(String instanceId, Map<String, Instant> launchTimes) {
        return new LaunchQueue(instanceId, all.stream().map(peer(launchTimes)).toList(), holders);
    }

    /**
     * Whether somebody has to wait, for an address or for EC2's rate. Then the first launched go first, and who comes later
     * changes nobody's place; as far as it is worth asking who they are.
     */
    boolean areWorthTheirLaunchTimes(FreeEips free, Optional<Zone> own, String instanceId, boolean inStorm) {
        var contending = contending(waiting(Map.of()), free, own);
        return contending.stream().anyMatch(one -> one.peer().instanceId().equals(instanceId))
                && contending.size() <= Ec2Reads.MOST_INSTANCES
                && (inStorm || contending.size() > FEW || Lane.isScarce(free, contending));
    }

    /** Those who wait for an address; one in service may have got it a moment ago. */
    Set<String> withoutEip() {
        return all.stream()
                .map(Seen::instanceId)
                .filter(id -> !holders.contains(id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Who is too new for EC2 to show it was launched no earlier than the others; nothing where no time is known. */
    private static Function<Seen, LaunchQueue.Peer> peer(Map<String, Instant> launchTimes) {
        var latest = launchTimes.isEmpty() ? null : Collections.max(launchTimes.values());
        return seen -> seen.peer(launchTimes.getOrDefault(seen.instanceId(), latest));
    }
}
