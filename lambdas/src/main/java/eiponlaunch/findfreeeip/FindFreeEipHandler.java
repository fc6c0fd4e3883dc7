package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.aws.FreeEips;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.OtherEipException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
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
import java.util.LinkedHashSet;
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
 * <p>Auto Scaling tells who else waits, in a twentieth of the bytes that EC2 needs for it. It is asked first: where it throttles,
 * many launches look at once, and the other calls would be in vain.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html">
 *     DescribeAutoScalingGroups</a>
 */
public final class FindFreeEipHandler implements RequestHandler<FindFreeEipInput, FindFreeEipOutput> {
    /** For as long Auto Scaling may not show the instance. */
    private static final Duration UNTIL_SHOWN = Duration.ofSeconds(30);

    private static final Duration JUST_LAUNCHED = Duration.ofMinutes(2);

    /** Seconds. Some of those ahead may want no address of this pool. */
    private static final int UNTIL_OTHERS_HAVE_CHOSEN = 3;

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
            return decided(event, output(Outcome.WarmPool, event, pool, null, deadline), Map.of());
        }
        try {
            return look(new Look(event, pool, input, deadline));
        } catch (SdkException e) {
            throw AwsFailures.typedBefore(deadline, clock.instant(), e, "FindFreeEip for " + event.instanceId());
        }
    }

    /** What a look is about. */
    private record Look(LaunchEvent event, EipPool pool, FindFreeEipInput input, Instant deadline) {
        String instanceId() {
            return event.instanceId();
        }

        /** The groups whose launches may want an address of the same pool at the same time. */
        Set<String> groups() {
            var groups = new LinkedHashSet<String>();
            groups.add(event.action().autoScalingGroupName());
            if (input.poolGroupNames() != null && pool.equals(input.pools().ofTheStack())) {
                Stream.of(input.poolGroupNames().split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .forEach(groups::add);
            }
            return groups;
        }

        /** Waiting for Auto Scaling's word, or for others, any longer would leave too little time for the address. */
        Instant mostPatient() {
            return event.time()
                    .plus(Duration.between(event.time(), deadline)
                            .multipliedBy(3)
                            .dividedBy(4));
        }

        Pace pace() {
            return input.pace() == null ? Pace.DOCUMENTED : input.pace();
        }

        /** Of a group that the instance is shown in, or as a look before found it. */
        Optional<Zone> zone(Optional<List<Seen>> group) {
            return group.stream()
                    .flatMap(List::stream)
                    .filter(seen -> instanceId().equals(seen.instanceId()))
                    .map(Seen::zone)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .or(() -> Optional.ofNullable(input.zone()));
        }

        /** A look before told what is free, so that Auto Scaling is asked only where that matters. */
        boolean knowsPool() {
            return input.plan() != null || Boolean.TRUE.equals(input.poolWasEmpty());
        }

        boolean looksAgain() {
            return input.throttledLooks() != null && input.throttledLooks() > 0;
        }
    }

    private FindFreeEipOutput look(Look look) {
        var seen = see(look);
        return settled(look, seen).orElseGet(() -> choose(look, withGroup(look, seen)));
    }

    /** What a look sees. The group is not known when it was not asked for yet, or when Auto Scaling does not tell. */
    private record View(Optional<List<Seen>> group, List<Address> addresses) {}

    private View see(Look look) {
        var group = look.knowsPool() ? Optional.<List<Seen>>empty() : group(look);
        return new View(group, ec2.addressesOf(look.pool()));
    }

    /** Where nobody else needs to be asked. */
    private Optional<FindFreeEipOutput> settled(Look look, View seen) {
        var plan = look.input().plan();
        return held(look, seen.addresses())
                .map(held -> alreadyHeld(look, held))
                .or(() -> Optional.ofNullable(plan)
                        .filter(planned -> isFree(seen.addresses(), planned.eip()))
                        .map(planned -> asPlanned(look, seen.addresses(), planned)));
    }

    private View withGroup(Look look, View seen) {
        var zone = look.zone(Optional.empty());
        return look.knowsPool() && seen.addresses().stream().anyMatch(address -> mayUse(look, zone, address))
                ? new View(group(look), seen.addresses())
                : seen; // nobody competes for anything
    }

    private Optional<List<Seen>> group(Look look) {
        return autoScaling.instancesOf(
                look.groups(),
                !isImpatient(look),
                message -> decisions.warn(look.event().action(), message));
    }

    private boolean isImpatient(Look look) {
        return !clock.instant().isBefore(look.mostPatient());
    }

    /** Whether the address is free and serves the zone, as far as that is known. */
    private static boolean mayUse(Look look, Optional<Zone> zone, Address address) {
        return PoolFilters.isFree(address)
                && PoolFilters.ownZone(address, look.pool())
                        .map(named -> zone.map(known -> known.isNamed(named) || known.id() == null && Zone.isId(named))
                                .orElse(true))
                        .orElse(true);
    }

    private static Optional<Address> held(Look look, List<Address> addresses) {
        return addresses.stream()
                .filter(address -> look.instanceId().equals(address.instanceId()))
                .filter(PoolFilters::isElasticIp)
                .findFirst();
    }

    private FindFreeEipOutput alreadyHeld(Look look, Address held) {
        return decided(
                look.event(),
                output(Outcome.AlreadyHeld, look.event(), look.pool(), PoolFilters.eip(held), look.deadline()),
                Map.of());
    }

    /**
     * AssociateAddress was throttled. The instance's address is free still, and the free ones before it are those of the
     * instances before it; but for addresses that nobody waits for, so no more than were ahead.
     */
    private FindFreeEipOutput asPlanned(Look look, List<Address> addresses, Plan plan) {
        var free = addresses.stream().filter(PoolFilters::isFree).toList();
        var planned = free.stream()
                .filter(address -> plan.eip().allocationId().equals(address.allocationId()))
                .findFirst()
                .orElseThrow();
        var like = free.stream() // those of other zones are for others
                .filter(address ->
                        PoolFilters.ownZone(address, look.pool()).equals(PoolFilters.ownZone(planned, look.pool())))
                .toList();
        var order = PoolFilters.order(look.pool());
        var ahead = like.stream()
                        .filter(address -> order.compare(address, planned) < 0)
                        .count()
                * free.size()
                / like.size();
        var since = Duration.between(plan.lookedAt(), clock.instant());
        var found = new FindFreeEipOutput(
                Outcome.Found,
                look.instanceId(),
                look.pool().name(),
                plan.eip(),
                look.deadline(),
                look.pace()
                        .afterThrottling(
                                (int) Math.min(ahead, plan.ahead()), plan.free() - free.size(), plan.tokens(), since),
                look.input().triedInVain(),
                plan,
                look.input().zone(),
                null);
        return decided(look.event(), found, counted(free.size(), addresses));
    }

    private FindFreeEipOutput choose(Look look, View seen) {
        var instanceId = look.instanceId();
        var addresses = seen.addresses();
        var known = look.zone(seen.group());
        if (addresses.stream().noneMatch(address -> mayUse(look, known, address))) {
            if (refusesOtherEips(look.input())) {
                requireNoOther(ec2.instance(instanceId).flatMap(PresentEip::of), addresses, look.pool(), look.event());
            }
            return poolEmpty(look, 0, addresses, known);
        }
        var rivals = Rivals.of(known, seen.group(), look.input(), PoolFilters.holders(addresses));
        var zones = zones(look, addresses, rivals, known);
        var all = FreeEips.of(addresses, look.pool(), zones);
        var contenders = rivals.contending(all, known);
        var byTime = contenders.areWorthTheirLaunchTimes(all, instanceId, look.looksAgain());
        var details = byTime ? launches(look, rivals.withoutEip()) : Map.<String, Instance>of();
        var launchTimes = launchTimes(details.values());
        var instance = Optional.ofNullable(details.get(instanceId)).or(() -> ec2.instance(instanceId));
        var present = instance.flatMap(PresentEip::of);
        if (refusesOtherEips(look.input())) {
            requireNoOther(present, addresses, look.pool(), look.event());
        }
        var zone = known.or(() -> zone(instance));
        var reachable = reachable(addresses, zone.flatMap(this::borderGroup));
        var lane = Lane.of(
                instanceId,
                zone.orElse(null),
                FreeEips.of(reachable, look.pool(), known.isPresent() ? zones : zones(look, addresses, rivals, zone)),
                contenders.waiting(launchTimes));
        var usable = lane.usable();
        if (usable.isEmpty()) {
            return poolEmpty(look, 0, addresses, zone);
        }
        var queue = rivals.queue(instanceId, launchTimes);
        var associated = present.flatMap(eip -> eip.in(free(reachable))); // a moment ago: another would replace it
        if (associated.isEmpty() && seen.group().isPresent() && !queue.isShown() && mayNotBeShown(look)) {
            return decided(
                    look.event(),
                    output(Outcome.NotShown, look.event(), look.pool(), null, look.deadline()),
                    counted(usable.size(), addresses));
        }
        var triedInVain = look.input().triedInVain();
        var chosen =
                associated.or(() -> queue.isShown() ? lane.atPlace(triedInVain) : lane.by(instanceId, triedInVain));
        if (chosen.isEmpty() && look.input().afterLaunches().isEmpty() && isImpatient(look)) {
            chosen = lane.by(instanceId, triedInVain); // of those ahead some may never take theirs
        }
        if (chosen.isEmpty()) {
            return poolEmpty(look, usable.size(), addresses, zone); // they are for those ahead
        }
        var ahead = look.pool().zoneTagKey().isEmpty()
                ? queue.ahead()
                : Lane.ahead(instanceId, all, rivals.waiting(launchTimes));
        var found = new FindFreeEipOutput(
                Outcome.Found,
                instanceId,
                look.pool().name(),
                chosen.get(),
                look.deadline(),
                associated.isPresent() ? 0 : turn(look, ahead, queue),
                new EipChoice(usable, triedInVain).stillFree(),
                new Plan(
                        chosen.get(),
                        clock.instant(),
                        (int) addresses.stream().filter(PoolFilters::isFree).count(),
                        look.looksAgain() ? 0 : look.pace().tokens(queue.beingServed(), elders(look, queue)),
                        queue.isShown() ? ahead : 0),
                zone.orElse(null),
                null);
        return decided(look.event(), found, counted(usable.size(), addresses));
    }

    private int turn(Look look, int ahead, LaunchQueue queue) {
        var launches = look.input().afterLaunches().isEmpty();
        var sinceEvent = launches
                ? Duration.between(look.event().time(), clock.instant())
                : Duration.ZERO; // it has run for any time
        return look.looksAgain()
                ? look.pace().inStorm(ahead, sinceEvent)
                : look.pace()
                        .atOnce(
                                ahead,
                                launches ? queue.launching() : 0,
                                queue.beingServed(),
                                elders(look, queue),
                                sinceEvent);
    }

    /** One that leaves a warm pool was launched at any time, which says nothing. */
    private static int elders(Look look, LaunchQueue queue) {
        return queue.isLaunchedSince(look.event().time().minus(JUST_LAUNCHED)) ? queue.elders() : 0;
    }

    private boolean mayNotBeShown(Look look) {
        return look.input().plans()
                && clock.instant().isBefore(look.event().time().plus(UNTIL_SHOWN));
    }

    /** The zones of all that matter, where addresses may serve one zone alone; with IDs, where addresses name zones so. */
    private List<Zone> zones(Look look, List<Address> addresses, Rivals rivals, Optional<Zone> own) {
        if (look.pool().zoneTagKey().isEmpty()) {
            return List.of();
        }
        var zones = new LinkedHashMap<String, Zone>();
        Stream.concat(rivals.all().stream().map(Seen::zone), own.stream())
                .filter(Objects::nonNull)
                .forEach(zone -> zones.merge(zone.name(), zone, (one, same) -> one.id() == null ? same : one));
        return FreeEips.needIds(addresses, look.pool(), zones.values())
                ? ec2.zones(zones.keySet())
                : List.copyOf(zones.values());
    }

    /** What EC2 tells of those who wait; nothing when it does not, as the order of the IDs is good enough then. */
    private Map<String, Instance> launches(Look look, Set<String> waiting) {
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
            return Map.of();
        }
    }

    private static Map<String, Instant> launchTimes(Collection<Instance> instances) {
        return instances.stream()
                .filter(instance -> instance.launchTime() != null)
                .collect(Collectors.toMap(Instance::instanceId, Instance::launchTime));
    }

    private static boolean refusesOtherEips(FindFreeEipInput input) {
        return Boolean.FALSE.equals(input.replaceOtherEips());
    }

    private static void requireNoOther(
            Optional<PresentEip> present, List<Address> addresses, EipPool pool, LaunchEvent event) {
        present.filter(eip -> !eip.isOf(addresses)).ifPresent(eip -> {
            throw new OtherEipException(event.instanceId() + " has the Elastic IP " + eip.publicIp()
                    + ", which is not one of the pool " + pool.name()
                    + ". It keeps it, and nothing was changed. Another stack,"
                    + " or another hook of the group " + event.action().autoScalingGroupName()
                    + ", answers the same launches: give each stack hook names of its own (HookNames), and the group one hook"
                    + " that chooses a pool.");
        });
    }

    private FindFreeEipOutput poolEmpty(Look look, int free, List<Address> addresses, Optional<Zone> zone) {
        var empty = new FindFreeEipOutput(
                Outcome.PoolEmpty,
                look.instanceId(),
                look.pool().name(),
                null,
                look.deadline(),
                free == 0 ? 0 : UNTIL_OTHERS_HAVE_CHOSEN,
                List.of(),
                null,
                zone.orElse(null),
                PoolFilters.withoutInstance(addresses).orElse(null));
        return decided(look.event(), empty, counted(free, addresses));
    }

    private static Map<Metric, Number> counted(int free, List<Address> addresses) {
        return Map.of(Metric.PoolFree, free, Metric.PoolSize, addresses.size());
    }

    private static FindFreeEipOutput output(
            Outcome outcome, LaunchEvent event, EipPool pool, ElasticIp eip, Instant deadline) {
        return new FindFreeEipOutput(outcome, event.instanceId(), pool.name(), eip, deadline, 0);
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

    private static List<Address> reachable(List<Address> addresses, Optional<String> borderGroup) {
        return addresses.stream()
                .filter(address -> address.networkBorderGroup() == null
                        || borderGroup.isEmpty()
                        || address.networkBorderGroup().equals(borderGroup.get()))
                .toList();
    }

    private static List<ElasticIp> free(List<Address> addresses) {
        return addresses.stream()
                .filter(PoolFilters::isFree)
                .map(PoolFilters::eip)
                .toList();
    }

    private static boolean isFree(List<Address> addresses, ElasticIp eip) {
        return addresses.stream()
                .anyMatch(address -> eip.allocationId().equals(address.allocationId()) && PoolFilters.isFree(address));
    }
}
