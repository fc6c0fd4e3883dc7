package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeEc2;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;

class FindFreeEipHandlerTest {
    private static final EipPool POOL = new EipPool("Application", "ForwardProxy", "Environment=prod, Team=net");

    private final FakeEc2 ec2 = new FakeEc2();

    @Test
    void findsAFreeAddressAndTellsTheDeadline() {
        ec2.addresses.add(address("a").build());

        var output = find(Events.TIME);

        assertThat(output)
                .isEqualTo(new FindFreeEipOutput(
                        Outcome.Found,
                        Events.INSTANCE,
                        new ElasticIp("eipalloc-a", "203.0.113.1"),
                        Events.TIME.plusSeconds(600)));
    }

    @Test
    void asksTheServerForAddressesWithEveryTagOfThePool() {
        find(Events.TIME);

        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(
                        tuple("tag:Application", java.util.List.of("ForwardProxy")),
                        tuple("tag:Environment", java.util.List.of("prod")),
                        tuple("tag:Team", java.util.List.of("net")));
    }

    @Test
    void skipsAddressesThatAreAssociatedInAnyWayOrServiceManaged() {
        ec2.addresses.add(address("a").associationId("eipassoc-1").build());
        ec2.addresses.add(address("b").instanceId("i-0fffffffffffffff0").build());
        ec2.addresses.add(address("c").networkInterfaceId("eni-1").build());
        ec2.addresses.add(address("d").serviceManaged("nlb").build());
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);

        ec2.addresses.add(address("e").build());
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-e");
    }

    @Test
    void saysThatTheInstanceHoldsAnAddressOfThePoolAlready() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b")
                .instanceId(Events.INSTANCE)
                .associationId("eipassoc-1")
                .build());

        var output = find(Events.TIME);

        assertThat(output.outcome()).isEqualTo(Outcome.AlreadyHeld);
        assertThat(output.eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void anInstanceOnItsWayIntoAWarmPoolNeedsNoAddress() {
        var event = Events.launch();
        Events.detail(event).put("Destination", "WarmPool");

        assertThat(handler(Events.TIME)
                        .handleRequest(new FindFreeEipInput(event, POOL, 600), null)
                        .outcome())
                .isEqualTo(Outcome.WarmPool);
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void throttlingIsWorthARetryBeforeTheDeadlineOnly() {
        var deadline = Events.TIME.plusSeconds(600);
        ec2.failures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));
        assertThatThrownBy(() -> find(deadline.minusMillis(1)))
                .isInstanceOf(ThrottledException.class)
                .hasMessageContaining(Events.INSTANCE);

        ec2.failures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));
        assertThatThrownBy(() -> find(deadline)).isInstanceOf(DeadlinePassedException.class);
    }

    @Test
    void aMalformedEventIsRefusedBeforeAnyCall() {
        var event = Events.launch();
        Events.detail(event).remove("EC2InstanceId");

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(new FindFreeEipInput(event, POOL, 600), null))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("detail.EC2InstanceId")
                .hasMessageContaining("missing");
        assertThat(ec2.describeAddresses).isEmpty();
    }

    private FindFreeEipOutput find(Instant now) {
        return handler(now).handleRequest(new FindFreeEipInput(Events.launch(), POOL, 600), null);
    }

    private FindFreeEipHandler handler(Instant now) {
        return new FindFreeEipHandler(ec2, new OwnOrderChoice(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Address.Builder address(String name) {
        return Address.builder().allocationId("eipalloc-" + name).publicIp("203.0.113." + (name.charAt(0) - 'a' + 1));
    }
}
