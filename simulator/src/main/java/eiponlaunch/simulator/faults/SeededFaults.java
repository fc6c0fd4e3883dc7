package eiponlaunch.simulator.faults;

import asl.time.Seed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** Random faults: each of the given kinds happens at times, in the same way for the same seed. */
public final class SeededFaults implements Faults {
    /** The APIs whose permission may be missing. */
    private static final List<String> APIS = List.of(
            "DescribeAddresses",
            "DescribeInstances",
            "AssociateAddress",
            "DisassociateAddress",
            "CompleteLifecycleAction",
            "StartExecution");

    private final Set<FaultName> names;
    private final SplittableRandom calls;
    private final SplittableRandom invocations;
    private final SplittableRandom reads;
    private final SplittableRandom knowledge;
    private final SplittableRandom launches;
    private final SplittableRandom terminations;
    private final String deniedApi;
    private final LatePermission latePermission;
    private final BadAddresses badAddresses;
    private final boolean refusesOwnPair;
    private final boolean refusesPastAssociation;
    private final boolean deniesWhatIsGone;
    private final boolean throttlesGroups;
    private final Outages outages;

    public SeededFaults(Set<FaultName> names, Seed seed) {
        this.names = names;
        this.calls = seed.fork("call faults").random();
        this.invocations = seed.fork("invocation faults").random();
        this.reads = seed.fork("read faults").random();
        this.knowledge = seed.fork("knowledge faults").random();
        this.launches = seed.fork("launch faults").random();
        this.terminations = seed.fork("termination faults").random();
        var permissions = seed.fork("permissions").random();
        var missing = throughoutTheRun(FaultName.MISSING_PERMISSION, () -> permissions.nextInt(10) == 0);
        this.deniedApi = missing ? APIS.get(permissions.nextInt(APIS.size())) : "";
        var addresses = seed.fork("addresses");
        this.badAddresses = new BadAddresses(names, addresses);
        this.refusesOwnPair = throughoutTheRun(
                FaultName.OWN_PAIR_REFUSED, () -> addresses.random().nextBoolean());
        this.refusesPastAssociation = throughoutTheRun(
                FaultName.PAST_ASSOCIATION_REFUSED,
                () -> seed.fork("past associations").random().nextBoolean());
        this.deniesWhatIsGone = throughoutTheRun(
                FaultName.GONE_DENIED, () -> seed.fork("gone").random().nextBoolean());
        this.throttlesGroups = throughoutTheRun(
                FaultName.GROUP_THROTTLED, () -> seed.fork("groups").random().nextInt(10) == 0);
        this.latePermission =
                new LatePermission(names, APIS, seed.fork("late permission").random());
        this.outages = new Outages(names, seed.fork("outages").random());
    }

    /** A fault that lasts would hide others in every run, so beside them it is there in some only; alone it always is. */
    private boolean throughoutTheRun(FaultName fault, BooleanSupplier besideOthers) {
        return names.contains(fault) && (names.size() == 1 || besideOthers.getAsBoolean());
    }

    @Override
    public CallFault onCall(String api, Instant now) {
        if (api.equals(deniedApi) || latePermission.isMissing(api, now)) {
            return Service.of(api) == Service.EC2
                    ? CallFault.refused(
                            "UnauthorizedOperation", 403, "You are not authorized to perform this operation.")
                    : CallFault.refused("AccessDenied", 403, "User is not authorized to perform this operation.");
        }
        var outage = outages.onCall(api, now);
        if (outage != CallFault.NONE) {
            return outage;
        }
        if (throttlesGroups && api.equals("DescribeAutoScalingGroups") || happens(FaultName.THROTTLE, 0.03, calls)) {
            return throttled(api);
        }
        if (happens(FaultName.SERVER_ERROR, 0.03, calls)) {
            return CallFault.refused("InternalError", 500, "An internal error has occurred.");
        }
        if (happens(FaultName.TIMEOUT_BEFORE_EFFECT, 0.02, calls)) {
            return CallFault.TIMEOUT_BEFORE_EFFECT;
        }
        return happens(FaultName.TIMEOUT_AFTER_EFFECT, 0.03, calls) ? CallFault.TIMEOUT_AFTER_EFFECT : CallFault.NONE;
    }

    private static CallFault throttled(String api) {
        return switch (Service.of(api)) {
            case EC2 -> CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");
            case AUTO_SCALING -> CallFault.refused("RateExceeded", 400, "Rate exceeded"); // as its reference says
            default -> CallFault.refused("Throttling", 400, "Rate exceeded");
        };
    }

    @Override
    public InvocationFault onInvocation(String function, Instant now) {
        var outage = outages.onInvocation(now);
        if (outage != InvocationFault.NONE) {
            return outage;
        }
        if (happens(FaultName.LAMBDA_CRASH_BEFORE, 0.02, invocations)) {
            return InvocationFault.CRASH_BEFORE;
        }
        if (happens(FaultName.LAMBDA_CRASH_AFTER, 0.03, invocations)) {
            return InvocationFault.CRASH_AFTER;
        }
        if (happens(FaultName.LAMBDA_THROTTLE, 0.02, invocations)) {
            return InvocationFault.THROTTLED;
        }
        if (happens(FaultName.LAMBDA_TIMEOUT, 0.02, invocations)) {
            return InvocationFault.TIMEOUT;
        }
        if (happens(FaultName.LAMBDA_LATE, 0.01, invocations)) {
            return InvocationFault.LATE;
        }
        return happens(FaultName.LAMBDA_TWICE, 0.01, invocations) ? InvocationFault.TWICE : InvocationFault.NONE;
    }

    @Override
    public Duration onLateInvocation() {
        return Duration.ofMillis((long) (1_000 + invocations.nextDouble() * 200_000));
    }

    @Override
    public Duration onRead() {
        return happens(FaultName.STALE_READ, 0.5, reads) ? Duration.ofMillis(reads.nextInt(1000)) : Duration.ZERO;
    }

    @Override
    public CallFault onAddress(String allocationId, Instant now) {
        return badAddresses.onAddress(allocationId, now);
    }

    @Override
    public boolean refusesOwnPair() {
        return refusesOwnPair;
    }

    @Override
    public boolean refusesPastAssociation() {
        return refusesPastAssociation;
    }

    @Override
    public boolean deniesWhatIsGone() {
        return deniesWhatIsGone;
    }

    @Override
    public Duration unknownFor(String instanceId) {
        return within(FaultName.INSTANCE_UNKNOWN, 0.05, Duration.ofSeconds(60), knowledge)
                .orElse(Duration.ZERO);
    }

    @Override
    public LaunchFaults onLaunch() {
        return around(launches, 0.04, Duration.ofSeconds(20));
    }

    @Override
    public LaunchFaults onTermination() {
        return around(terminations, 0.1, Duration.ofSeconds(3)); // about when DisassociateEip runs
    }

    private LaunchFaults around(SplittableRandom random, double theft, Duration theftWithin) {
        return new LaunchFaults(
                within(FaultName.LATE_EVENT, 0.05, Duration.ofSeconds(800), random)
                        .orElse(Duration.ZERO),
                // mostly at once, now and then minutes later
                within(FaultName.DUPLICATE_EVENT, 0.15, Duration.ofSeconds(random.nextInt(4) == 0 ? 900 : 5), random),
                within(FaultName.INSTANCE_TERMINATED, 0.03, Duration.ofSeconds(20), random),
                within(FaultName.HOOK_EXPIRED, 0.02, Duration.ofSeconds(20), random),
                within(FaultName.ADDRESS_RELEASED, 0.02, Duration.ofSeconds(20), random),
                within(FaultName.ADDRESS_STOLEN, theft, theftWithin, random));
    }

    private Optional<Duration> within(FaultName fault, double probability, Duration most, SplittableRandom random) {
        return happens(fault, probability, random)
                ? Optional.of(Duration.ofMillis((long) (random.nextDouble() * most.toMillis())))
                : Optional.empty();
    }

    private boolean happens(FaultName fault, double probability, SplittableRandom random) {
        return names.contains(fault) && random.nextDouble() < probability;
    }
}
