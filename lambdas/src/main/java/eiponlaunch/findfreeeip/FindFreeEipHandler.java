package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.decision.Decision;
import eiponlaunch.decision.Decisions;
import eiponlaunch.decision.JsonLines;
import eiponlaunch.decision.Metric;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LaunchEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.paginators.DescribeInstancesIterable;

/**
 * Says which address of the pool the launching instance should try, if any. Changes nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 */
public final class FindFreeEipHandler implements RequestHandler<FindFreeEipInput, FindFreeEipOutput> {
    /** An instance is launched some time before its lifecycle event, and later ones of the same burst count as well. */
    private static final Duration BEFORE_THE_EVENT = Duration.ofMinutes(2);

    /** What EC2 takes in one request. */
    private static final int MOST_FILTER_VALUES = 200;

    private final Ec2Client ec2;
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
        this.ec2 = requireNonNull(ec2, "ec2 is null");
        this.choice = requireNonNull(choice, "choice is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
    }

    @Override
    public FindFreeEipOutput handleRequest(FindFreeEipInput input, Context context) {
        var event = LaunchEvent.of(input.event(), clock.instant());
        var instanceId = event.instanceId();
        var deadline = event.time().plus(Duration.ofSeconds(input.deadlineSeconds()));
        if (event.toWarmPool()) {
            return decided(event, output(Outcome.WarmPool, instanceId, null, deadline), Map.of());
        }
        try {
            return look(event, input, deadline);
        } catch (SdkException e) {
            throw AwsFailures.typedBefore(deadline, clock.instant(), e, "FindFreeEip for " + instanceId);
        }
    }

    private FindFreeEipOutput look(LaunchEvent event, FindFreeEipInput input, Instant deadline) {
        var instanceId = event.instanceId();
        var addresses = addressesOf(input.pool());
        var held = addresses.stream()
                .filter(address -> instanceId.equals(address.instanceId()))
                .findFirst();
        if (held.isPresent()) {
            return decided(event, output(Outcome.AlreadyHeld, instanceId, eip(held.get()), deadline), Map.of());
        }
        var free = addresses.stream()
                .filter(FindFreeEipHandler::isFree)
                .map(FindFreeEipHandler::eip)
                .sorted(Comparator.comparing(ElasticIp::allocationId))
                .toList();
        var pools = Map.<Metric, Number>of(Metric.PoolFree, free.size(), Metric.PoolSize, addresses.size());
        if (free.isEmpty()) {
            return decided(event, output(Outcome.PoolEmpty, instanceId, null, deadline), pools);
        }
        var holders = addresses.stream()
                .map(Address::instanceId)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
        var queue = new LaunchQueue(instanceId, recentLaunches(event), holders, input.afterLaunches());
        if (!input.afterLaunches().isEmpty() && queue.place() >= free.size()) {
            return decided(event, output(Outcome.PoolEmpty, instanceId, null, deadline), pools); // all for those ahead
        }
        var found = new FindFreeEipOutput(
                Outcome.Found,
                instanceId,
                choice.choose(instanceId, queue.place(), free),
                deadline,
                queue.secondsUntilTurn());
        return decided(event, found, pools);
    }

    private static FindFreeEipOutput output(Outcome outcome, String instanceId, ElasticIp eip, Instant deadline) {
        return new FindFreeEipOutput(outcome, instanceId, eip, deadline, 0);
    }

    private FindFreeEipOutput decided(LaunchEvent event, FindFreeEipOutput output, Map<Metric, Number> metrics) {
        decisions.report(new Decision(output.outcome().name(), event.action(), output.eip(), metrics));
        return output;
    }

    private List<Address> addressesOf(EipPool pool) {
        var filters = pool.tags().entrySet().stream()
                .map(tag -> filter("tag:" + tag.getKey(), List.of(tag.getValue())))
                .toList();
        return ec2.describeAddresses(request -> request.filters(filters)).addresses();
    }

    /** The instances of the event's group that were launched since a little before it. */
    private List<LaunchQueue.Peer> recentLaunches(LaunchEvent event) {
        var minutes = Stream.iterate(
                        event.time().minus(BEFORE_THE_EVENT).truncatedTo(ChronoUnit.MINUTES),
                        minute -> !minute.isAfter(clock.instant()),
                        minute -> minute.plus(1, ChronoUnit.MINUTES))
                .limit(MOST_FILTER_VALUES) // an event that is hours late has passed its deadline anyway
                .map(minute -> minute.toString().substring(0, "2026-01-31T12:00".length()) + ":*")
                .toList();
        var request = DescribeInstancesRequest.builder()
                .filters(
                        filter(
                                "tag:aws:autoscaling:groupName",
                                List.of(event.action().autoScalingGroupName())),
                        filter("instance-state-name", List.of("pending", "running")),
                        filter("launch-time", minutes))
                .build();
        return new DescribeInstancesIterable(ec2, request)
                .reservations().stream()
                        .flatMap(reservation -> reservation.instances().stream())
                        .map(instance -> new LaunchQueue.Peer(instance.instanceId(), instance.launchTime()))
                        .toList();
    }

    private static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    private static boolean isFree(Address address) {
        return address.associationId() == null
                && isBlank(address.instanceId())
                && isBlank(address.networkInterfaceId())
                && isBlank(
                        address.serviceManagedAsString()); // an address of alb, nlb, rds or rnat cannot be associated
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static ElasticIp eip(Address address) {
        return new ElasticIp(address.allocationId(), address.publicIp());
    }
}
