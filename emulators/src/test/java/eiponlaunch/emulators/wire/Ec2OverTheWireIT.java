package eiponlaunch.emulators.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.associateeip.AssociateEipOutput;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.disassociateeip.DisassociateEipInput;
import eiponlaunch.disassociateeip.DisassociateEipOutput;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.Events;
import eiponlaunch.emulators.Pool;
import eiponlaunch.emulators.ShippedHandlers;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.InstanceGoneException;
import eiponlaunch.failure.OtherEipException;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipOutput;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.ElasticIp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/** The handlers with the clients they ship with, against moto's EC2, and against EC2's errors that moto does not have. */
class Ec2OverTheWireIT {
    private final Wire wire = new Wire();
    private final Pool moto = new Pool(Endpoints.moto());
    private final String value = "pool-" + UUID.randomUUID(); // tests share moto, not pools
    private final FindFreeEipHandler find = ShippedHandlers.findFreeEip(wire.url());
    private final AssociateEipHandler associate = ShippedHandlers.associateEip(wire.url());
    private final DisassociateEipHandler disassociate = ShippedHandlers.disassociateEip(wire.url());

    Ec2OverTheWireIT() {
        wire.passOn(Endpoints.moto());
        wire.answer( // which moto does not have
                "RecordLifecycleActionHeartbeat",
                Wire.xml(
                        200,
                        "<RecordLifecycleActionHeartbeatResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                                + "<RecordLifecycleActionHeartbeatResult/></RecordLifecycleActionHeartbeatResponse>"));
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void findsOnlyAnAddressThatCarriesEveryTag() {
        moto.allocate(Map.of("Application", value));
        moto.allocate(Map.of("Application", value, "Stage", "test"));
        moto.allocate(Map.of("Application", "other", "Stage", "prod"));
        var both = moto.allocate(Map.of("Application", value, "Stage", "prod"));

        var found = find(moto.runInstance(), "Stage=prod");

        assertThat(found.outcome()).isEqualTo(FindFreeEipOutput.Outcome.Found);
        assertThat(found.eip().allocationId()).isEqualTo(both);
    }

    @Test
    void findsNoAddressThatIsInUse() {
        moto.associate(moto.allocate(Map.of("Application", value)), moto.runInstance());

        assertThat(find(moto.runInstance(), "").outcome()).isEqualTo(FindFreeEipOutput.Outcome.PoolEmpty);
    }

    @Test
    void findsTheAddressThatTheInstanceHoldsAlready() {
        var instance = moto.runInstance();
        moto.allocate(Map.of("Application", value));
        var held = moto.allocate(Map.of("Application", value));
        moto.associate(held, instance);

        var found = find(instance, "");

        assertThat(found.outcome()).isEqualTo(FindFreeEipOutput.Outcome.AlreadyHeld);
        assertThat(found.eip().allocationId()).isEqualTo(held);
    }

    @Test
    void leavesAnInstanceAloneThatHasAnAddressOfAnotherPool() {
        var instance = moto.runInstance();
        moto.allocate(Map.of("Application", value));
        moto.associate(moto.allocate(Map.of("Application", "other")), instance);

        assertThatThrownBy(() -> find(instance, "", false))
                .isInstanceOf(OtherEipException.class)
                .hasMessageContaining(instance);
        assertThat(wire.sent("DescribeAddresses").get(1)).containsEntry("Filter.2.Name", "public-ip");
    }

    @Test
    void associatesWhatItFound() {
        var instance = moto.runInstance();
        moto.allocate(Map.of("Application", value));
        var eip = find(instance, "").eip();

        assertThat(associate(instance, eip)).isEqualTo(AssociateEipOutput.Outcome.Associated);
        assertThat(moto.holders()).containsEntry(eip.allocationId(), instance);
    }

    @Test
    void leavesAnAddressTakenBetweenFindAndAssociateToItsHolder() {
        var instance = moto.runInstance();
        var rival = moto.runInstance();
        moto.allocate(Map.of("Application", value));
        var eip = find(instance, "").eip();
        moto.associate(eip.allocationId(), rival);

        assertThat(associate(instance, eip)).isEqualTo(AssociateEipOutput.Outcome.Taken);
        assertThat(moto.holders()).containsEntry(eip.allocationId(), rival);
    }

    @Test
    void reportsAnAddressReleasedBetweenFindAndAssociate() {
        var instance = moto.runInstance();
        moto.allocate(Map.of("Application", value));
        var eip = find(instance, "").eip();
        moto.ec2().releaseAddress(request -> request.allocationId(eip.allocationId()));

        assertThat(associate(instance, eip)).isEqualTo(AssociateEipOutput.Outcome.Released);
    }

    @Test
    void findsAnAddressForAnInstanceThatIsNotKnownYetAndAssociatesNone() {
        moto.allocate(Map.of("Application", value));
        var eip = find(moto.runInstance(), "").eip();

        assertThat(find("i-0123456789abcdef0", "").eip()).isEqualTo(eip);
        assertThatThrownBy(() -> associate("i-0123456789abcdef0", eip))
                .isInstanceOf(InstanceGoneException.class)
                .hasMessageContaining("InvalidInstanceID.NotFound");
        assertThat(moto.holders()).containsEntry(eip.allocationId(), "");
    }

    /** moto accepts the instance, EC2 does not, so the refusal is the wire's; what follows is between handler and moto. */
    @Test
    void associatesWithThePrimaryOfTwoNetworkInterfaces() {
        var instance = moto.runInstance();
        var primary = interfaces(instance).iterator().next();
        attachSecondInterface(instance, primary.subnetId());
        moto.allocate(Map.of("Application", value));
        var eip = find(instance, "").eip();
        wire.answer(
                "AssociateAddress",
                "InstanceId",
                Wire.ec2Error(
                        400,
                        "InvalidInstanceID",
                        "There are multiple interfaces attached to instance '" + instance
                                + "'. Please specify an interface ID for the operation instead."));

        assertThat(associate(instance, eip)).isEqualTo(AssociateEipOutput.Outcome.Associated);
        var address = moto.ec2()
                .describeAddresses(request -> request.allocationIds(eip.allocationId()))
                .addresses()
                .get(0);
        assertThat(address.networkInterfaceId()).isEqualTo(primary.networkInterfaceId());
    }

    @ParameterizedTest
    @CsvSource({
        "503, RequestLimitExceeded, Request limit exceeded., ThrottledException",
        "500, InternalError, An internal error has occurred, AwsUnavailableException",
        "503, Unavailable, The server is overloaded, AwsUnavailableException",
        "503, ServiceUnavailable, The request has failed, AwsUnavailableException",
        "403, UnauthorizedOperation, You are not authorized to perform this operation., AccessDeniedException",
        "400, Gateway.NotAttached, Network vpc-1 is not attached to any internet gateway, NoInternetGatewayException",
        "400, IncorrectInstanceState, The instance is not in a valid state, InstanceNotReadyException",
        "400, InvalidInstanceID, The pending instance is not in a valid state for this operation, InstanceNotReadyException",
        "400, InvalidParameterCombination, Odd, UnexpectedAwsErrorException",
    })
    void namesEachErrorOfEc2(int status, String code, String message, String failure) {
        wire.answer("AssociateAddress", Wire.ec2Error(status, code, message));

        assertThatThrownBy(() -> associate("i-0123456789abcdef0", new ElasticIp("eipalloc-1", "203.0.113.10")))
                .satisfies(e -> assertThat(e.getClass().getName()).isEqualTo("eiponlaunch.failure." + failure))
                .hasMessageContaining(code)
                .hasMessageContaining(message);
        assertThat(wire.sent("AssociateAddress"))
                .as("every retry is the state machine's")
                .hasSize(1);
    }

    @Test
    void takesABrokenConnectionForAnUnavailableService() {
        wire.answer("DescribeAddresses", WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThatThrownBy(() -> find("i-0123456789abcdef0", ""))
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo("AwsUnavailableException"));
    }

    @Test
    void givesBackTheInstancesAddressOfThePoolAndNoOther() {
        var instance = moto.runInstance();
        var neighbour = moto.runInstance();
        var address = moto.allocate(Map.of("Application", value));
        var ofNeighbour = moto.allocate(Map.of("Application", value));
        moto.associate(address, instance);
        moto.associate(ofNeighbour, neighbour);

        var output = disassociate("instance-terminate.json", instance);

        assertThat(output.outcome()).isEqualTo(DisassociateEipOutput.Outcome.Disassociated);
        assertThat(output.eips()).extracting(ElasticIp::allocationId).containsExactly(address);
        assertThat(moto.holders()).containsEntry(address, "").containsEntry(ofNeighbour, neighbour);
    }

    @Test
    void leavesAnAddressOfAnotherPoolToTheTerminatingInstance() {
        var instance = moto.runInstance();
        var address = moto.allocate(Map.of("Application", "other"));
        moto.associate(address, instance);

        assertThat(disassociate("instance-terminate.json", instance).outcome())
                .isEqualTo(DisassociateEipOutput.Outcome.NoneHeld);
        assertThat(moto.holders()).containsEntry(address, instance);
    }

    @Test
    void leavesAnAddressThatMovesBetweenTheLookAndTheCallToItsNewInstance() {
        var instance = moto.runInstance();
        var rival = moto.runInstance();
        var address = moto.allocate(Map.of("Application", value));
        moto.associate(address, instance);
        wire.beforeNext("DisassociateAddress", () -> {
            moto.disassociate(address);
            moto.associate(address, rival);
        });

        assertThat(disassociate("instance-terminate.json", instance).outcome())
                .isEqualTo(DisassociateEipOutput.Outcome.AlreadyDisassociated);
        assertThat(moto.holders()).containsEntry(address, rival);
        assertThat(wire.sent("DisassociateAddress"))
                .singleElement()
                .satisfies(sent -> assertThat(sent).containsKey("AssociationId").doesNotContainKey("PublicIp"));
    }

    @Test
    void asksAutoScalingWhetherAnInstanceOfTheWarmPoolIsStillHeld() {
        var instance = moto.runInstance();
        var address = moto.allocate(Map.of("Application", value));
        moto.associate(address, instance);
        wire.answer(
                "RecordLifecycleActionHeartbeat",
                Wire.autoScalingError(400, "ValidationError", "No active Lifecycle Action found with token 1"));

        assertThat(disassociate("instance-terminate-into-warm-pool.json", instance)
                        .outcome())
                .isEqualTo(DisassociateEipOutput.Outcome.ActionEnded);
        assertThat(moto.holders()).containsEntry(address, instance);
        assertThat(wire.sent("RecordLifecycleActionHeartbeat"))
                .singleElement()
                .satisfies(sent -> assertThat(sent)
                        .containsEntry("AutoScalingGroupName", "forward-proxy")
                        .containsEntry("LifecycleHookName", "disassociate-eip")
                        .containsEntry("InstanceId", instance));
    }

    @Test
    void namesTheErrorOfADeniedDisassociation() {
        var instance = moto.runInstance();
        moto.associate(moto.allocate(Map.of("Application", value)), instance);
        wire.answer(
                "DisassociateAddress",
                Wire.ec2Error(403, "UnauthorizedOperation", "You are not authorized to perform this operation."));

        assertThatThrownBy(() -> disassociate("instance-terminate.json", instance))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining(instance);
    }

    private DisassociateEipOutput disassociate(String event, String instanceId) {
        return disassociate.handleRequest(
                new DisassociateEipInput(
                        Events.plain(Events.sentNow(event, instanceId)), new EipPools("Application=" + value, "")),
                null);
    }

    private FindFreeEipOutput find(String instanceId, String furtherTags) {
        return find(instanceId, furtherTags, true);
    }

    private FindFreeEipOutput find(String instanceId, String furtherTags, boolean replaceOtherEips) {
        var tags = "Application=" + value + (furtherTags.isEmpty() ? "" : "," + furtherTags);
        return find.handleRequest(
                Events.findFreeEip(instanceId, tags, Map.of("replaceOtherEips", replaceOtherEips)), null);
    }

    private AssociateEipOutput.Outcome associate(String instanceId, ElasticIp eip) {
        var deadline = Instant.now().plus(Duration.ofMinutes(1));
        return associate
                .handleRequest(new AssociateEipInput(instanceId, eip, deadline), null)
                .outcome();
    }

    private Iterable<InstanceNetworkInterface> interfaces(String instanceId) {
        return moto.ec2()
                .describeInstances(request -> request.instanceIds(instanceId))
                .reservations()
                .get(0)
                .instances()
                .get(0)
                .networkInterfaces();
    }

    private void attachSecondInterface(String instanceId, String subnetId) {
        var second = moto.ec2()
                .createNetworkInterface(request -> request.subnetId(subnetId))
                .networkInterface();
        moto.ec2()
                .attachNetworkInterface(request -> request.instanceId(instanceId)
                        .networkInterfaceId(second.networkInterfaceId())
                        .deviceIndex(1));
        assertThat(interfaces(instanceId)).hasSize(2);
    }
}
