package eiponlaunch.findfreeeip;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An instance as its group shows it.
 *
 * @param zone null when the group does not tell
 */
record Seen(String instanceId, boolean launching, String zone) {
    /** Those that can use the same addresses, as far as the zones' names tell. */
    static List<Seen> besides(Optional<String> zone, List<Seen> all) {
        return zone.isEmpty()
                ? all
                : all.stream()
                        .filter(one -> one.zone() == null || new Zone(one.zone()).isLike(new Zone(zone.get())))
                        .toList();
    }

    LaunchQueue.Peer peer(Instant launchTime) {
        return new LaunchQueue.Peer(instanceId, launching, launchTime);
    }
}
