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
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Says which address of the pool the launching instance should try, if any. Changes nothing.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 */
public final class FindFreeEipHandler implements RequestHandler<FindFreeEipInput, FindFreeEipOutput> {
    private final Ec2Client ec2;
    private final EipChoice choice;
    private final Clock clock;
    private final Decisions decisions;

    /** Called by the Lambda runtime. */
    public FindFreeEipHandler() {
        this(AwsClients.ec2(), new OwnOrderChoice(), Clock.systemUTC(), JsonLines.toLog());
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
            return decided(event, new FindFreeEipOutput(Outcome.WarmPool, instanceId, null, deadline), Map.of());
        }
        try {
            var addresses = addressesOf(input.pool());
            var held = addresses.stream()
                    .filter(a -> instanceId.equals(a.instanceId()))
                    .findFirst();
            if (held.isPresent()) {
                return decided(
                        event,
                        new FindFreeEipOutput(Outcome.AlreadyHeld, instanceId, eip(held.get()), deadline),
                        Map.of());
            }
            var free = addresses.stream()
                    .filter(FindFreeEipHandler::isFree)
                    .map(FindFreeEipHandler::eip)
                    .toList();
            return decided(
                    event,
                    free.isEmpty()
                            ? new FindFreeEipOutput(Outcome.PoolEmpty, instanceId, null, deadline)
                            : new FindFreeEipOutput(
                                    Outcome.Found, instanceId, choice.choose(instanceId, free), deadline),
                    Map.of(Metric.PoolFree, free.size(), Metric.PoolSize, addresses.size()));
        } catch (SdkException e) {
            throw AwsFailures.typedBefore(deadline, clock.instant(), e, "DescribeAddresses for " + instanceId);
        }
    }

    private FindFreeEipOutput decided(LaunchEvent event, FindFreeEipOutput output, Map<Metric, Number> metrics) {
        decisions.report(new Decision(output.outcome().name(), event.action(), output.eip(), metrics));
        return output;
    }

    private List<Address> addressesOf(EipPool pool) {
        var filters = pool.tags().entrySet().stream()
                .map(tag -> Filter.builder()
                        .name("tag:" + tag.getKey())
                        .values(tag.getValue())
                        .build())
                .toList();
        return ec2.describeAddresses(request -> request.filters(filters)).addresses();
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
