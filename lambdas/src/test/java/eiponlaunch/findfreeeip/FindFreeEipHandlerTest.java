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
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

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
                        Events.TIME.plusSeconds(600),
                        0));
    }

    @Test
    void asksTheServerForAddressesWithEveryTagOfThePool() {
        find(Events.TIME);

        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(
                        tuple("tag:Application", List.of("ForwardProxy")),
                        tuple("tag:Environment", List.of("prod")),
                        tuple("tag:Team", List.of("net")));
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
    void takesItsPlaceAmongTheInstancesOfItsGroupThatWereLaunchedLately() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b").build());
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        ec2.instances.add(instance("i-0fffffffffffffff0", Events.TIME.minusSeconds(1)));

        assertThat(find(Events.TIME.plusSeconds(61)).eip().allocationId()).isEqualTo("eipalloc-b");

        var filters = ec2.describeInstances.get(0).filters();
        assertThat(filters)
                .extracting(Filter::name, Filter::values)
                .containsExactly(
                        tuple("tag:aws:autoscaling:groupName", List.of("forward-proxy")),
                        tuple("instance-state-name", List.of("pending", "running")),
                        tuple(
                                "launch-time",
                                List.of(
                                        "2026-01-31T11:58:*",
                                        "2026-01-31T11:59:*",
                                        "2026-01-31T12:00:*",
                                        "2026-01-31T12:01:*")));
    }

    @Test
    void inALaunchStormItSaysHowLongToWaitForItsTurn() {
        ec2.addresses.add(address("a").build());
        for (var i = 0; i < 100; i++) {
            ec2.instances.add(instance(String.format("i-%017x", i), Events.TIME.minusSeconds(1)));
        }
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));

        assertThat(find(Events.TIME).secondsUntilTurn()).isEqualTo(10);
    }

    @Test
    void anEmptyPoolCostsOneCallOnly() {
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(ec2.describeInstances).isEmpty();
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
        return new FindFreeEipHandler(ec2, new RankedChoice(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Instance instance(String id, Instant launchTime) {
        return Instance.builder().instanceId(id).launchTime(launchTime).build();
    }

    private static Address.Builder address(String name) {
        return Address.builder().allocationId("eipalloc-" + name).publicIp("203.0.113." + (name.charAt(0) - 'a' + 1));
    }
}
