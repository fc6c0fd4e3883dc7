package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.decision.Decision;
import eiponlaunch.decision.Decisions;
import eiponlaunch.decision.HookPool;
import eiponlaunch.decision.JsonLines;
import eiponlaunch.decision.Metric;
import eiponlaunch.failure.OtherEipException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LaunchEvent;
import eiponlaunch.model.ServedHooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Placement;

/**
 * Says which address of the pool the launching instance should try, if any. Changes nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 */
public final class FindFreeEipHandler implements RequestHandler<FindFreeEipInput, FindFreeEipOutput> {
    /** An instance is launched some time before its lifecycle event, and later ones of the same burst count as well. */
    private static final Duration BEFORE_THE_EVENT = Duration.ofMinutes(2);

    private final Ec2Reads ec2;
    private final EipChoice choice;
    private final Clock clock;
    private final Decisions decisions;

    /** Called by the Lambda runtime. */
    public FindFreeEipHandler() {
        this(AwsClients.ec2(), new RankedChoice(), Clock.systemUTC(), JsonLines.toLog());
    }

    public FindFreeEipHandler(Ec2Client ec2, EipChoice choice, Clock clock) {
        this(ec2, choice, clock, Decisions.NONE);
    }

    public FindFreeEipHandler(Ec2Client ec2, EipChoice choice, Clock clock, Decisions decisions) {
        this.ec2 = new Ec2Reads(ec2);
        this.choice = requireNonNull(choice, "choice is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
    }

    @Override
    public FindFreeEipOutput handleRequest(FindFreeEipInput input, Context context) {
        var event = LaunchEvent.of(input.event(), clock.instant());
        new ServedHooks(input.hookNames()).require(event.action());
        var deadline = event.time().plus(Duration.ofSeconds(input.deadlineSeconds()));
        var pool = HookPool.of(event.action(), event.notificationMetadata(), input.pools(), decisions);
        if (event.toWarmPool()) {
            return decided(event, output(Outcome.WarmPool, event, pool, null, deadline), Map.of());
        }
        try {
            return look(event, pool, input, deadline);
        } catch (SdkException e) {
            throw AwsFailures.typedBefore(deadline, clock.instant(), e, "FindFreeEip for " + event.instanceId());
        }
    }

    /** The tag of the instances that may want an address of the same pool at the same time. */
    private static Map.Entry<String, String> rivalsOf(LaunchEvent event, EipPool pool, FindFreeEipInput input) {
        var tag = input.instanceTag();
        return tag == null || tag.isBlank() || !pool.equals(input.pools().ofTheStack())
                ? Map.entry("aws:autoscaling:groupName", event.action().autoScalingGroupName())
                : Map.entry(tag.substring(0, tag.indexOf('=')), tag.substring(tag.indexOf('=') + 1));
    }

    private FindFreeEipOutput look(LaunchEvent event, EipPool pool, FindFreeEipInput input, Instant deadline) {
        var instanceId = event.instanceId();
        var addresses = ec2.addressesOf(pool);
        var held = addresses.stream()
                .filter(address -> instanceId.equals(address.instanceId()))
                .filter(PoolFilters::isElasticIp)
                .findFirst();
        if (held.isPresent()) {
            return decided(
                    event, output(Outcome.AlreadyHeld, event, pool, PoolFilters.eip(held.get()), deadline), Map.of());
        }
        var free = addresses.stream().filter(FindFreeEipHandler::isFree).toList();
        if (free.isEmpty()) {
            if (refusesOtherEips(input)) {
                requireNoOther(byId(event).flatMap(PresentEip::of), addresses, pool, event);
            }
            return poolEmpty(event, pool, counted(0, addresses), deadline);
        }
        var rivals = rivalsOf(event, pool, input);
        var launchedLately = event.time().minus(BEFORE_THE_EVENT);
        var launches = ec2.launches(rivals, launchedLately, clock.instant());
        var running =
                input.afterLaunches().isEmpty() && in(launches, instanceId).isEmpty()
                        ? ec2.alive(rivals) // it left a warm pool that keeps its instances running
                        : List.<Instance>of();
        var instance =
                in(launches, instanceId).or(() -> in(running, instanceId)).or(() -> byId(event));
        var present = instance.flatMap(PresentEip::of);
        if (refusesOtherEips(input)) {
            requireNoOther(present, addresses, pool, event);
        }
        var usable = usable(free, instance.flatMap(this::borderGroup));
        if (usable.isEmpty()) {
            return poolEmpty(event, pool, counted(0, addresses), deadline);
        }
        var queue = new LaunchQueue(
                instanceId,
                launches.stream()
                        .map(peer -> new LaunchQueue.Peer(peer.instanceId(), peer.launchTime()))
                        .toList(),
                addresses.stream()
                        .map(Address::instanceId)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toUnmodifiableSet()),
                in(running, instanceId).isPresent() ? sortedIds(running) : input.afterLaunches());
        if (!input.afterLaunches().isEmpty() && queue.ahead() >= usable.size()) {
            return poolEmpty(event, pool, counted(usable.size(), addresses), deadline); // they are for those ahead
        }
        var untriedFirst = new UntriedFirst(choice, input.triedInVain());
        var associated = present.flatMap(eip -> eip.in(usable)); // a moment ago: another address would replace it
        var found = new FindFreeEipOutput(
                Outcome.Found,
                instanceId,
                pool.name(),
                associated.orElseGet(
                        () -> untriedFirst.choose(instanceId, queue.place(usable.size()), queue.waiting(), usable)),
                deadline,
                associated.isPresent() ? 0 : queue.secondsUntilTurn(),
                untriedFirst.stillFree(usable));
        return decided(event, found, counted(usable.size(), addresses));
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

    private FindFreeEipOutput poolEmpty(
            LaunchEvent event, EipPool pool, Map<Metric, Number> counted, Instant deadline) {
        return decided(event, output(Outcome.PoolEmpty, event, pool, null, deadline), counted);
    }

    private static Map<Metric, Number> counted(int free, List<Address> addresses) {
        return Map.of(Metric.PoolFree, free, Metric.PoolSize, addresses.size());
    }

    private static FindFreeEipOutput output(
            Outcome outcome, LaunchEvent event, EipPool pool, ElasticIp eip, Instant deadline) {
        return new FindFreeEipOutput(outcome, event.instanceId(), pool.name(), eip, deadline, 0);
    }

    private FindFreeEipOutput decided(LaunchEvent event, FindFreeEipOutput output, Map<Metric, Number> metrics) {
        decisions.report(new Decision(output.outcome().name(), event.action(), output.pool(), output.eip(), metrics));
        return output;
    }

    private static Optional<Instance> in(List<Instance> instances, String instanceId) {
        return instances.stream()
                .filter(instance -> instanceId.equals(instance.instanceId()))
                .findFirst();
    }

    /**
     * Instances that leave a warm pool queue behind the launches, in the order of their IDs. Those that stay in the warm pool
     * cannot be told apart, and keep the places of those that leave it apart all the same.
     */
    private static List<String> sortedIds(List<Instance> instances) {
        return instances.stream().map(Instance::instanceId).sorted().toList();
    }

    /** The launching instance; nothing when it is too new for EC2 to know it everywhere. */
    private Optional<Instance> byId(LaunchEvent event) {
        try {
            return ec2.instance(event.instanceId());
        } catch (SdkException e) {
            if (AwsFailures.isUnknownInstance(e) && event.mayBeUnknown(clock.instant())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The network border group of the instance's zone. */
    private Optional<String> borderGroup(Instance instance) {
        return Optional.ofNullable(instance.placement())
                .map(Placement::availabilityZone)
                .map(Zone::new)
                .flatMap(zone -> zone.region().or(() -> ec2.networkBorderGroup(zone.name())));
    }

    private static List<ElasticIp> usable(List<Address> free, Optional<String> borderGroup) {
        return free.stream()
                .filter(address -> address.networkBorderGroup() == null
                        || borderGroup.isEmpty()
                        || address.networkBorderGroup().equals(borderGroup.get()))
                .map(PoolFilters::eip)
                .sorted(Comparator.comparing(ElasticIp::allocationId))
                .toList();
    }

    private static boolean isFree(Address address) {
        return PoolFilters.isElasticIp(address)
                && address.associationId() == null
                && isBlank(address.instanceId())
                && isBlank(address.networkInterfaceId())
                && isBlank(
                        address.serviceManagedAsString()); // an address of alb, nlb, rds or rnat cannot be associated
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
