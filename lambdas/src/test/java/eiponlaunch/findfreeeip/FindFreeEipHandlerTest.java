package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.TaskInputs;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.model.Zone;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.ec2.model.Filter;

class FindFreeEipHandlerTest extends FindFreeEipFixture {
    @Test
    void findsAFreeAddressAndTellsTheDeadline() {
        ec2.addresses.add(address("a").build());

        var output = find(Events.TIME);

        var eip = new ElasticIp("eipalloc-a", "203.0.113.1");
        assertThat(output)
                .isEqualTo(new FindFreeEipOutput(
                        Outcome.Found,
                        Events.INSTANCE,
                        "Application=ForwardProxy,Environment=prod,Team=net",
                        eip,
                        Events.TIME.plusSeconds(600),
                        0,
                        List.of(),
                        new Plan(eip, Events.TIME, 1, 50, 0),
                        new Zone("us-east-1a"),
                        null,
                        null));
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
    void anEmptyPoolNamesTheInterfacesWithoutAnInstanceThatHoldAddresses() {
        ec2.addresses.add(address("a")
                .instanceId("i-0fffffffffffffff0")
                .networkInterfaceId("eni-0")
                .build());
        assertThat(find(Events.TIME).withoutInstance()).isNull();

        for (var number = 1; number <= 7; number++) {
            ec2.addresses.add(address("b" + number)
                    .publicIp("198.18.0." + number)
                    .networkInterfaceId("eni-" + number)
                    .build());
        }
        assertThat(find(Events.TIME).withoutInstance())
                .isEqualTo("eni-1 has 198.18.0.1, eni-2 has 198.18.0.2, eni-3 has 198.18.0.3, eni-4 has 198.18.0.4,"
                        + " eni-5 has 198.18.0.5, and 2 more");

        ec2.addresses.add(address("c").build());
        assertThat(find(Events.TIME).withoutInstance()).isNull();
    }

    @Test
    void skipsAddressesWithoutAPublicIpOfTheirOwn() {
        ec2.addresses.add(
                address("a").publicIp(null).customerOwnedIp("198.51.100.1").build());
        ec2.addresses.add(address("b").publicIp("").carrierIp("198.51.100.2").build());
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);

        ec2.addresses.add(address("c").build());
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-c");
    }

    /** Too new to be known everywhere, or gone: AssociateAddress tells which. */
    @Test
    void anInstanceThatEc2DoesNotShowIsFoundAnAddressAllTheSame() {
        ec2.addresses.add(address("a").networkBorderGroup("us-east-1").build());
        ec2.instances.add(with("198.51.100.7", "123456789012").toBuilder()
                .instanceId("i-0fffffffffffffff0")
                .build());

        assertThat(look(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-a");
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

        assertThat(handler(Events.TIME).handleRequest(input(event), null).outcome())
                .isEqualTo(Outcome.WarmPool);
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void theHooksMetadataChoosesAnotherPool() {
        var output = handler(Events.TIME).handleRequest(input(ofHook("{\"eipPool\": {\"Service\": \"mail\"}}")), null);

        assertThat(output.pool()).isEqualTo("Service=mail");
        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(tuple("tag:Service", List.of("mail")));
    }

    @Test
    void metadataThatChoosesNoPoolThoughItIsJsonIsRefusedBeforeAnyCall() {
        var event = ofHook("{\"eipPool\": {\"Secret\": \"mail\"}}");

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(input(event), null))
                .isInstanceOf(MalformedMetadataException.class)
                .hasMessageContaining("Secret");
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void metadataForOthersIsIgnoredWithAWarning() {
        var warnings = new ArrayList<String>();
        var decisions = new Decisions() {
            @Override
            public void report(Decision decision) {}

            @Override
            public void warn(LifecycleAction action, String message) {
                warnings.add(action.instanceId() + ": " + message);
            }
        };
        var handler = new FindFreeEipHandler(ec2, autoScaling, clock(Events.TIME), decisions);

        assertThat(handler.handleRequest(input(ofHook("owner: team net")), null).pool())
                .startsWith("Application=ForwardProxy");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(Events.INSTANCE)
                .contains("not JSON");
    }

    @Test
    void groupsThatShareTheStacksPoolFormOneQueueForThatPoolOnly() {
        handler(Events.TIME).handleRequest(inputOfGroups(Events.launch()), null);
        handler(Events.TIME).handleRequest(inputOfGroups(ofHook("{\"eipPool\": {\"Service\": \"mail\"}}")), null);

        assertThat(autoScaling.describeGroups)
                .extracting(DescribeAutoScalingGroupsRequest::autoScalingGroupNames)
                .containsExactly(List.of("forward-proxy", "mail-proxy", "web-proxy"), List.of("forward-proxy"));
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
    void aDenialIsWorthARetryBeforeTheDeadlineOnly() {
        var deadline = Events.TIME.plusSeconds(600);
        ec2.failures.add(Aws.ec2Error(403, "UnauthorizedOperation", "You are not authorized."));
        assertThatThrownBy(() -> find(deadline.minusMillis(1))).isInstanceOf(AccessDeniedException.class);

        ec2.failures.add(Aws.ec2Error(403, "UnauthorizedOperation", "You are not authorized."));
        assertThatThrownBy(() -> find(deadline))
                .isInstanceOf(DeadlinePassedException.class)
                .hasMessageContaining("UnauthorizedOperation");
    }

    @Test
    void aMalformedEventIsRefusedBeforeAnyCall() {
        var event = Events.launch();
        Events.detail(event).remove("EC2InstanceId");

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(input(event), null))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("detail.EC2InstanceId")
                .hasMessageContaining("missing");
        assertThat(ec2.describeAddresses).isEmpty();
    }

    private static FindFreeEipInput inputOfGroups(Object event) {
        return TaskInputs.findFreeEip(event, POOLS, Map.of("poolGroupNames", "mail-proxy, ,forward-proxy,web-proxy,"));
    }

    private static Map<String, Object> ofHook(String metadata) {
        var event = Events.launch();
        Events.detail(event).put("NotificationMetadata", metadata);
        return event;
    }
}
