package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.aws.FreeEips;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.HookPool;
import eiponlaunch.model.LaunchEvent;
import eiponlaunch.model.ServedHooks;
import eiponlaunch.model.Zone;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.telemetry.Decisions;
import eiponlaunch.telemetry.Metric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * Says which address of the pool the launching instance should try, and when. Changes nothing.
 *
 * <p>Auto Scaling tells who else waits, in a twentieth of the bytes that EC2 needs for it. EC2 is asked for the addresses first.
 * Where it throttles, many launches look at once, and a call to Auto Scaling would take a token from those that are completed.
 * Where Auto Scaling throttles, the number of free addresses tells how long the storm may last.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html">
 *     DescribeAutoScalingGroups</a>
 */
public final class FindFreeEipHandler implements RequestHandler<FindFreeEipInput, FindFreeEipOutput> {
    private final Ec2Reads ec2;
    private final AutoScalingReads autoScaling;
    private final Clock clock;
    private final Decisions decisions;

    /** Called by the Lambda runtime. */
    public FindFreeEipHandler() {
        this(AwsClients.ec2(), AwsClients.autoScaling(), Clock.systemUTC(), DecisionLog.toLog());
    }

    public FindFreeEipHandler(Ec2Client ec2, AutoScalingClient autoScaling, Clock clock) {
        this(ec2, autoScaling, clock, Decisions.NONE);
    }

    public FindFreeEipHandler(Ec2Client ec2, AutoScalingClient autoScaling, Clock clock, Decisions decisions) {
        this.ec2 = new Ec2Reads(ec2);
        this.autoScaling = new AutoScalingReads(autoScaling);
        this.clock = requireNonNull(clock, "clock is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
    }

    @Override
    public FindFreeEipOutput handleRequest(FindFreeEipInput input, Context context) {
        var event = LaunchEvent.of(input.event(), clock.instant());
        new ServedHooks(input.hookNames()).require(event.action());
        var deadline = event.time().plus(Duration.ofSeconds(input.deadlineSeconds()));
        var pool = HookPool.of(
                event.notificationMetadata(), input.pools(), message -> decisions.warn(event.action(), message));
        if (event.toWarmPool()) {
            return decided(
                    event,
                    new FindFreeEipOutput(Outcome.WarmPool, event.instanceId(), pool.name(), null, deadline, 0),
                    Map.of());
        }
        try {
            var result = look(new Look(event, pool, input, deadline));
            return decided(event, result.output(), result.metrics());
        } catch (SdkException e) {
            throw AwsFailures.typedBefore(deadline, clock.instant(), e, "FindFreeEip for " + event.instanceId());
        }
    }

    private PoolSeen.Result look(Look look) {
        var pool = new PoolSeen(look, ec2.addressesOf(look.pool()));
        return pool.settled(clock.instant()).orElseGet(() -> contested(pool));
    }

    /** Where a look before told what is free, the group is asked for only if somebody may compete for something. */
    private PoolSeen.Result contested(PoolSeen pool) {
        var look = pool.look();
        var none = !look.mayUseOneOf(pool.free(), look.zone(Optional.empty()));
        if (none && look.knowsPool()) {
            return among(pool, Optional.empty());
        }
        Optional<List<Seen>> group;
        try {
            group = group(pool);
        } catch (ThrottledException e) {
            if (!look.input().plans()) {
                throw e;
            }
            return none ? among(pool, Optional.empty()) : pool.throttled(clock.instant());
        }
        return among(pool, group);
    }

    /** Nothing when Auto Scaling does not tell. */
    private Optional<List<Seen>> group(PoolSeen pool) {
        var look = pool.look();
        return autoScaling.instancesOf(
                look.instanceId(),
                look.groups(),
                !pool.waitsNoLonger(clock.instant()),
                message -> decisions.warn(look.event().action(), message));
    }

    /** Reads about the rivals and the instance itself what matters. */
    private PoolSeen.Result among(PoolSeen pool, Optional<List<Seen>> group) {
        var look = pool.look();
        var known = look.zone(group);
        var none = !look.mayUseOneOf(pool.free(), known);
        var rivals = Rivals.of(known, group, look.input(), pool.holders());
        var zones = none ? List.<Zone>of() : zones(pool, rivals, known);
        var free = FreeEips.ofFree(pool.free(), look.pool(), zones);
        var byTime = !none && rivals.areWorthTheirLaunchTimes(free, known, look.instanceId(), look.looksAgain());
        var told = byTime ? launches(look, rivals.withoutEip()) : Optional.<Map<String, Instance>>empty();
        var details = told.orElse(Map.of());
        var instance = none && !look.refusesOtherEips()
                ? Optional.<Instance>empty()
                : Optional.ofNullable(details.get(look.instanceId())).or(() -> ec2.instance(look.instanceId()));
        var present = instance.flatMap(PresentEip::of);
        pool.requireNoOther(present, eip -> ec2.hasOther(look.instanceId(), eip.publicIp(), look.pool()));
        if (none) {
            return pool.empty(0, known);
        }
        if (told.isPresent() && isTooNew(look, rivals, told.get(), instance)) {
            return pool.notShown(free.usableIn(known.orElse(null)).size());
        }
        var zone = known.or(() -> zone(instance));
        var reachable = reachable(pool.free(), zone.flatMap(this::borderGroup));
        var withOwn = withOwn(zones, pool, rivals, zone);
        var usable = reachable.size() == pool.free().size() && withOwn.equals(zones)
                ? free // the rule: one Region, and the group shows the instance
                : FreeEips.ofFree(reachable, look.pool(), withOwn);
        return new Contest(
                        pool,
                        rivals,
                        free,
                        reachable,
                        usable,
                        known,
                        zone,
                        group.isPresent(),
                        present,
                        launchTimes(details.values()))
                .result(clock.instant());
    }

    /** The instance's own zone as well, which EC2 may be the first to tell. */
    private List<Zone> withOwn(List<Zone> zones, PoolSeen pool, Rivals rivals, Optional<Zone> own) {
        var isThere = own.map(Zone::name)
                .map(name -> zones.stream().anyMatch(zone -> zone.name().equals(name)))
                .orElse(true);
        return isThere ? zones : zones(pool, rivals, own);
    }

    /** The zones of all that matter, where addresses may serve one zone alone; with IDs, where addresses name zones so. */
    private List<Zone> zones(PoolSeen pool, Rivals rivals, Optional<Zone> own) {
        if (pool.look().pool().zoneTagKey().isEmpty()) {
            return List.of();
        }
        var zones = new LinkedHashMap<String, Zone>();
        Stream.concat(rivals.all().stream().map(Seen::zone), own.stream())
                .filter(Objects::nonNull)
                .forEach(zone -> zones.merge(zone.name(), zone, (one, same) -> one.id() == null ? same : one));
        return FreeEips.needIds(pool.addresses(), pool.look().pool(), zones.values())
                ? ec2.zones(zones.keySet())
                : List.copyOf(zones.values());
    }

    /** What EC2 tells of those who wait; nothing when it does not, as the order of the IDs is good enough then. */
    private Optional<Map<String, Instance>> launches(Look look, Set<String> waiting) {
        try {
            return ec2.launches(waiting, look.groups(), clock.instant());
        } catch (SdkException e) {
            var known = AwsFailures.typed(e, "DescribeInstances");
            if (known instanceof ThrottledException || known instanceof AccessDeniedException) {
                throw e;
            }
            decisions.warn(
                    look.event().action(),
                    "EC2 does not tell when the launches began that wait for an address, " + AwsFailures.code(e) + ": "
                            + AwsFailures.message(e));
            return Optional.empty();
        }
    }

    /**
     * EC2 told of the rivals as of a time before this launch. Then it left out other launches as well, and this look would know
     * another order than theirs. Of many rivals it is asked only about those that were launched in the last hour. Where many
     * wait, another look would take a token of Auto Scaling from somebody else, so the order is good enough.
     */
    private boolean isTooNew(Look look, Rivals rivals, Map<String, Instance> told, Optional<Instance> instance) {
        var now = clock.instant();
        return !told.containsKey(look.instanceId())
                && rivals.leaveTokensForAnotherLook()
                && look.mayNotBeShownByEc2(now)
                && instance.map(Instance::launchTime)
                        .filter(time -> time.isBefore(now.minus(Ec2Reads.OF_MANY_SINCE)))
                        .isEmpty();
    }

    private static Map<String, Instant> launchTimes(Collection<Instance> instances) {
        return instances.stream()
                .filter(instance -> instance.launchTime() != null)
                .collect(Collectors.toMap(Instance::instanceId, Instance::launchTime));
    }

    private FindFreeEipOutput decided(LaunchEvent event, FindFreeEipOutput output, Map<Metric, Number> metrics) {
        decisions.report(new Decision(
                output.outcome().name(),
                event.action(),
                output.pool(),
                output.eip(),
                null,
                output.zone() == null ? null : output.zone().name(),
                metrics));
        return output;
    }

    private static Optional<Zone> zone(Optional<Instance> instance) {
        return instance.map(Instance::placement)
                .filter(placement -> placement.availabilityZone() != null)
                .map(placement -> new Zone(placement.availabilityZone(), placement.availabilityZoneId()));
    }

    private Optional<String> borderGroup(Zone zone) {
        return zone.region().or(() -> ec2.networkBorderGroup(zone.name()));
    }

    private static List<Address> reachable(List<Address> free, Optional<String> borderGroup) {
        return free.stream()
                .filter(address -> isReachable(address, borderGroup))
                .toList();
    }

    private static boolean isReachable(Address address, Optional<String> borderGroup) {
        return address.networkBorderGroup() == null
                || borderGroup.isEmpty()
                || address.networkBorderGroup().equals(borderGroup.get());
    }
}
