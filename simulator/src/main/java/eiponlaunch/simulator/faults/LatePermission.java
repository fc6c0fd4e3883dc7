package eiponlaunch.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A permission that a role was given just before the run: IAM takes a while to tell every endpoint of it. Whoever is denied tries
 * again for two minutes, so no launch may be given up for it.
 */
final class LatePermission {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final String api;
    private final Duration lasts;
    private Instant start;

    LatePermission(Set<FaultName> names, List<String> apis, SplittableRandom random) {
        // With other faults beside it in some runs only, as it delays what they disturb.
        var happens = names.contains(FaultName.PERMISSION_LATE) && (names.size() == 1 || random.nextInt(5) == 0);
        this.api = happens ? apis.get(random.nextInt(apis.size())) : "";
        this.lasts = Duration.ofMillis(random.nextInt((int) LONGEST.toMillis()));
    }

    /** A run begins with its first call. */
    boolean isMissing(String called, Instant now) {
        if (start == null) {
            start = now;
        }
        return called.equals(api) && now.isBefore(start.plus(lasts));
    }
}
