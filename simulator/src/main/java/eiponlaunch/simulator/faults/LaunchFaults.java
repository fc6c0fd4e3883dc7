package eiponlaunch.simulator.faults;

import java.time.Duration;
import java.util.Optional;

/**
 * What happens around one launch or termination other than through the functions. Times count from the start of its
 * lifecycle action.
 *
 * @param lateBy how much later than usual its event arrives
 * @param duplicateAfter when the event arrives once more
 * @param terminatedAfter when somebody terminates the instance
 * @param expiredAfter when the hook's heartbeat ends, early
 * @param releasedAfter when somebody releases an address of the pool
 * @param stolenAfter when a stranger takes an address of the pool, even one in use; for a termination, the address of
 *     the instance
 */
public record LaunchFaults(
        Duration lateBy,
        Optional<Duration> duplicateAfter,
        Optional<Duration> terminatedAfter,
        Optional<Duration> expiredAfter,
        Optional<Duration> releasedAfter,
        Optional<Duration> stolenAfter) {

    public static final LaunchFaults NONE = new LaunchFaults(
            Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
