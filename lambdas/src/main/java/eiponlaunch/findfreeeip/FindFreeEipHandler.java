package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LaunchEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

    /** Called by the Lambda runtime. */
    public FindFreeEipHandler() {
        this(AwsClients.ec2(), new OwnOrderChoice(), Clock.systemUTC());
    }

    public FindFreeEipHandler(Ec2Client ec2, EipChoice choice, Clock clock) {
        this.ec2 = requireNonNull(ec2, "ec2 is null");
        this.choice = requireNonNull(choice, "choice is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    @Override
    public FindFreeEipOutput handleRequest(FindFreeEipInput input, Context context) {
        var event = LaunchEvent.of(input.event(), clock.instant());
        var instanceId = event.instanceId();
        var deadline = event.time().plus(Duration.ofSeconds(input.deadlineSeconds()));
        if (event.toWarmPool()) {
            return new FindFreeEipOutput(Outcome.WarmPool, instanceId, null, deadline);
        }
        try {
            var addresses = addressesOf(input.pool());
            var held = addresses.stream()
                    .filter(a -> instanceId.equals(a.instanceId()))
                    .findFirst();
            if (held.isPresent()) {
                return new FindFreeEipOutput(Outcome.AlreadyHeld, instanceId, eip(held.get()), deadline);
            }
            var free = addresses.stream()
                    .filter(FindFreeEipHandler::isFree)
                    .map(FindFreeEipHandler::eip)
                    .toList();
            return free.isEmpty()
                    ? new FindFreeEipOutput(Outcome.PoolEmpty, instanceId, null, deadline)
                    : new FindFreeEipOutput(Outcome.Found, instanceId, choice.choose(instanceId, free), deadline);
        } catch (SdkException e) {
            throw AwsFailures.typedBefore(deadline, clock.instant(), e, "DescribeAddresses for " + instanceId);
        }
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
