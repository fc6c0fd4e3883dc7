package eiponlaunch.simulator.faults;

import asl.time.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Addresses that EC2 shows free and does not associate: some of a run's, all for the same reason. */
final class BadAddresses {
    private static final double SHARE = 0.04;
    private static final Duration LONGEST_TOO_NEW = Duration.ofMinutes(5);

    private static final List<CallFault> REFUSALS = List.of(
            CallFault.refused("AuthFailure", 401, "You do not have permission to access the specified resource."),
            CallFault.refused("OperationNotPermitted", 400, "The address is managed by a service."),
            CallFault.refused("InvalidParameterCombination", 400, "The address cannot be used here."),
            CallFault.refused("InvalidParameterValue", 400, "The address is not valid for this operation."));

    private static final List<CallFault> GHOSTS = List.of(
            CallFault.refused("Resource.AlreadyAssociated", 400, "The resource is already associated."),
            CallFault.refused("InvalidAllocationID.NotFound", 400, "The allocation ID does not exist."));

    private record Bad(CallFault fault, Duration until) {}

    private final Seed seed;
    private final FaultName reason;
    private final Map<String, Bad> addresses = new HashMap<>();
    private Instant start;

    BadAddresses(Set<FaultName> names, Seed seed) {
        this.seed = seed;
        var reasons = Stream.of(FaultName.ADDRESS_REFUSED, FaultName.ADDRESS_TOO_NEW, FaultName.ADDRESS_GHOST)
                .filter(names::contains)
                .toList();
        var random = seed.fork("reason").random();
        // Among other faults not in every run: a pool that is too small would hide them.
        var none = reasons.isEmpty() || names.size() > reasons.size() && random.nextInt(3) > 0;
        this.reason = none ? null : reasons.get(random.nextInt(reasons.size()));
    }

    CallFault onAddress(String allocationId, Instant now) {
        if (reason == null) {
            return CallFault.NONE;
        }
        if (start == null) {
            start = now;
        }
        var bad = addresses.computeIfAbsent(allocationId, this::judge);
        return now.isBefore(start.plus(bad.until())) ? bad.fault() : CallFault.NONE;
    }

    private Bad judge(String allocationId) {
        var random = seed.fork(allocationId).random();
        if (random.nextDouble() >= SHARE) {
            return new Bad(CallFault.NONE, Duration.ZERO);
        }
        var forEver = Duration.ofDays(365);
        return switch (reason) {
            case ADDRESS_TOO_NEW ->
                new Bad(REFUSALS.get(0), Duration.ofMillis((long) (random.nextDouble() * LONGEST_TOO_NEW.toMillis())));
            case ADDRESS_GHOST -> new Bad(GHOSTS.get(random.nextInt(GHOSTS.size())), forEver);
            default -> new Bad(REFUSALS.get(random.nextInt(REFUSALS.size())), forEver);
        };
    }
}
