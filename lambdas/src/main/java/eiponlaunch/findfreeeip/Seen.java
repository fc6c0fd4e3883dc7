package eiponlaunch.findfreeeip;

import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * An instance as its group shows it.
 *
 * @param zone null when the group does not tell
 */
record Seen(String instanceId, boolean launching, Zone zone) {
    /** Those that can use the same addresses, as far as the zones' names tell. */
    static List<Seen> besides(Optional<Zone> zone, List<Seen> all) {
        if (zone.isEmpty()) {
            return all;
        }
        var own = zone.get();
        var like = new HashMap<String, Boolean>(); // there are few zones and many instances
        return all.stream()
                .filter(one -> one.zone() == null
                        || like.computeIfAbsent(
                                one.zone().name(), name -> one.zone().isLike(own)))
                .toList();
    }

    LaunchQueue.Peer peer(Instant launchTime) {
        return new LaunchQueue.Peer(instanceId, launching, launchTime);
    }
}
