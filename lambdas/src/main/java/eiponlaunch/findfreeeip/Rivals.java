package eiponlaunch.findfreeeip;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The instances that may want the same addresses, the instance itself among them.
 *
 * @param holders the instances that have an address of the pool
 */
record Rivals(List<Seen> all, Set<String> holders) {
    /** So many launch times are worth their bytes. */
    private static final int MOST_LAUNCH_TIMES = 100;

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
    Rivals contending(FreeEips free, Optional<Zone> own) {
        return own.isEmpty() || !free.ofEveryZone().isEmpty()
                ? this
                : new Rivals(
                        all.stream()
                                .filter(seen -> seen.zone() == null
                                        || seen.zone().name().equals(own.get().name()))
                                .toList(),
                        holders);
    }

    List<Lane.Waiting> waiting(Map<String, Instant> launchTimes) {
        return all.stream()
                .filter(seen -> !holders.contains(seen.instanceId()))
                .map(seen -> new Lane.Waiting(
                        seen.peer(launchTimes.get(seen.instanceId())),
                        seen.zone() == null ? null : seen.zone().name()))
                .toList();
    }

    LaunchQueue queue(String instanceId, Map<String, Instant> launchTimes) {
        return new LaunchQueue(
                instanceId,
                all.stream()
                        .map(seen -> seen.peer(launchTimes.get(seen.instanceId())))
                        .toList(),
                holders);
    }

    /** Whether not all can get an address, so that the first launched go first; as far as it is worth asking who they are. */
    boolean areWorthTheirLaunchTimes(FreeEips free, String instanceId) {
        if (!Lane.isScarce(free, waiting(Map.of()))) {
            return false;
        }
        var launches = launches();
        return launches.size() <= MOST_LAUNCH_TIMES && launches.contains(instanceId);
    }

    /** Those whose launch waits for an address. */
    Set<String> launches() {
        return all.stream()
                .filter(Seen::launching)
                .map(Seen::instanceId)
                .filter(id -> !holders.contains(id))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
