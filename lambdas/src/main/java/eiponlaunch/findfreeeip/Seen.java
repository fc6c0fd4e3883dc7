package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import eiponlaunch.model.Zone;
import java.time.Instant;

/**
 * An instance of the groups that share the pool, as its group shows it.
 *
 * @param launching whether its launch waits in a hook, or will; else it is in service
 * @param zone null when the group does not tell
 * @param launchTime when it was launched; null when that is not known
 */
public record Seen(String instanceId, boolean launching, Zone zone, Instant launchTime) {
    public Seen {
        requireNonNull(instanceId, "instanceId is null");
    }

    /** Whose launch time is not known. */
    public Seen(String instanceId, boolean launching, Zone zone) {
        this(instanceId, launching, zone, null);
    }

    String zoneName() {
        return zone == null ? null : zone.name();
    }

    Seen launchedAt(Instant time) {
        return new Seen(instanceId, launching, zone, time);
    }
}
