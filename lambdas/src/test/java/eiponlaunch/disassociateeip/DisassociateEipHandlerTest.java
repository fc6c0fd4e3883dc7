package eiponlaunch.disassociateeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeAutoScaling;
import eiponlaunch.FakeEc2;
import eiponlaunch.disassociateeip.DisassociateEipOutput.Outcome;
import eiponlaunch.failure.AwsUnavailableException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.failure.UnexpectedAwsErrorException;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;

class DisassociateEipHandlerTest {
    private static final String POOL = "Application=ForwardProxy,Stage=prod";

    private final FakeEc2 ec2 = new FakeEc2();
    private final FakeAutoScaling autoScaling = new FakeAutoScaling();

    @Test
    void looksOnlyForAddressesOfThePoolThatTheInstanceHas() {
        disassociate(Events.terminate());

        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting("name", "values")
                .containsExactly(
                        tuple("instance-id", List.of(Events.INSTANCE)),
                        tuple("tag:Application", List.of("ForwardProxy")),
                        tuple("tag:Stage", List.of("prod")));
    }

    @Test
    void theHookMayChooseThePoolAsForALaunch() {
        var event = Events.terminate();
        Events.detail(event).put("NotificationMetadata", "{\"eipPool\": {\"Team\": \"net\"}}");

        assertThat(disassociate(event).pool()).isEqualTo("Team=net");
        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting("name", "values")
                .containsExactly(tuple("instance-id", List.of(Events.INSTANCE)), tuple("tag:Team", List.of("net")));
    }

    @Test
    void metadataThatChoosesNoPoolInTheFormThatIsReadLosesNothing() {
        held(1);
        var event = Events.terminate();
        Events.detail(event).put("NotificationMetadata", "{\"eipPool\": {\"Owner\": \"net\"}}");

        assertThatThrownBy(() -> disassociate(event)).isInstanceOf(MalformedMetadataException.class);
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void metadataForSomebodyElseChoosesNoPoolAndIsWarnedOf() {
        held(1);
        var event = Events.terminate();
        Events.detail(event).put("NotificationMetadata", "role=proxy");
        var warnings = new ArrayList<String>();
        var decisions = new Decisions() {
            @Override
            public void report(Decision decision) {}

            @Override
            public void warn(LifecycleAction action, String message) {
                warnings.add(action.instanceId() + ": " + message);
            }
        };

        var output = new DisassociateEipHandler(ec2, autoScaling, decisions)
                .handleRequest(new DisassociateEipInput(event, new EipPools(POOL, "Application,Team")), null);

        assertThat(output.pool()).isEqualTo(POOL);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith(Events.INSTANCE + ": The hook's NotificationMetadata is not JSON");
    }

    @Test
    void givesTheAddressBackByItsAssociationAndByNothingElse() {
        held(1);

        var output = disassociate(Events.terminate());

        assertThat(ec2.disassociateAddress)
                .containsExactly(DisassociateAddressRequest.builder()
                        .associationId("eipassoc-1")
                        .build());
        assertThat(output)
                .isEqualTo(new DisassociateEipOutput(Outcome.Disassociated, Events.INSTANCE, POOL, List.of(eip(1))));
    }

    @Test
    void anInstanceWithoutAnAddressOfThePoolLosesNothing() {
        assertThat(disassociate(Events.terminate()).outcome()).isEqualTo(Outcome.NoneHeld);
        assertThat(ec2.disassociateAddress).isEmpty();
    }

    @Test
    void anAddressWithoutItsAssociationIsNotHeld() {
        ec2.addresses.add(Address.builder()
                .allocationId(eip(1).allocationId())
                .publicIp(eip(1).publicIp())
                .instanceId(Events.INSTANCE)
                .build());

        assertThat(disassociate(Events.terminate()).outcome()).isEqualTo(Outcome.NoneHeld);
        assertThat(ec2.disassociateAddress).isEmpty();
    }

    @Test
    void anAssociationThatEndedMeanwhileIsAnOutcomeOfItsOwn() {
        held(1);
        ec2.disassociationFailures.add(
                Aws.ec2Error(400, "InvalidAssociationID.NotFound", "The association ID does not exist"));

        assertThat(disassociate(Events.terminate()))
                .isEqualTo(new DisassociateEipOutput(Outcome.AlreadyDisassociated, Events.INSTANCE, POOL, List.of()));
    }

    @Test
    void anAddressThatEndedMeanwhileDoesNotKeepAnotherOne() {
        held(1);
        held(2);
        ec2.disassociationFailures.add(
                Aws.ec2Error(400, "InvalidAssociationID.NotFound", "The association ID does not exist"));

        assertThat(disassociate(Events.terminate()))
                .isEqualTo(new DisassociateEipOutput(Outcome.Disassociated, Events.INSTANCE, POOL, List.of(eip(2))));
    }

    @Test
    void anAddressThatIsRefusedDoesNotKeepAnotherOneAndBothAreTold() {
        held(1);
        held(2);
        ec2.disassociationFailures.add(Aws.ec2Error(400, "NotInAnyReference", "what AWS says"));

        assertThatThrownBy(() -> disassociate(Events.terminate()))
                .isExactlyInstanceOf(UnexpectedAwsErrorException.class)
                .hasMessageStartingWith("203.0.113.2 was given back. DisassociateAddress of 203.0.113.1 for "
                        + Events.INSTANCE + " failed, NotInAnyReference: what AWS says. ");
        assertThat(ec2.disassociateAddress)
                .extracting(DisassociateAddressRequest::associationId)
                .containsExactly("eipassoc-1", "eipassoc-2");
    }

    /** The function has no time to wait for each, and would run into its own timeout, which names no address. */
    @Test
    void afterACallWithoutAnAnswerTheOtherAddressesAreLeftToTheNextAttempt() {
        held(1);
        held(2);
        ec2.disassociationFailures.add(ApiCallTimeoutException.create(6000));

        assertThatThrownBy(() -> disassociate(Events.terminate()))
                .isExactlyInstanceOf(AwsUnavailableException.class)
                .hasMessageContaining("203.0.113.1");
        assertThat(ec2.disassociateAddress)
                .extracting(DisassociateAddressRequest::associationId)
                .containsExactly("eipassoc-1");
    }

    /** Retried while any of them may pass; the others are told nevertheless. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1"})
    void ofSeveralRefusalsTheOneThatMayPassDecides(int refused, int throttled) {
        held(1);
        held(2);
        for (var number = 1; number <= 2; number++) {
            ec2.disassociationFailures.add(
                    number == throttled
                            ? Aws.ec2Error(503, "RequestLimitExceeded", "Slow down.")
                            : Aws.ec2Error(403, "UnauthorizedOperation", "No."));
        }

        assertThatThrownBy(() -> disassociate(Events.terminate()))
                .isExactlyInstanceOf(ThrottledException.class)
                .hasMessageStartingWith("DisassociateAddress of 203.0.113." + refused)
                .hasMessageContaining("UnauthorizedOperation")
                .hasMessageContaining(" DisassociateAddress of 203.0.113." + throttled + " for " + Events.INSTANCE
                        + " failed, RequestLimit");
    }

    @Test
    void anInstanceThatGoesBackToTheWarmPoolGivesItsAddressBackToo() {
        held(1);

        assertThat(disassociate(toWarmPool()).outcome()).isEqualTo(Outcome.Disassociated);

        var heartbeat = autoScaling.heartbeats.get(0);
        assertThat(heartbeat.instanceId()).isEqualTo(Events.INSTANCE);
        assertThat(heartbeat.lifecycleActionToken()).isNull(); // it could be that of another instance's action
        assertThat(heartbeat.lifecycleHookName()).isEqualTo("disassociate-eip");
        assertThat(heartbeat.autoScalingGroupName()).isEqualTo("forward-proxy");
    }

    @Test
    void anInstanceThatItsHookDoesNotHoldKeepsItsAddress() {
        held(1);
        autoScaling.failure = Aws.autoScalingError(400, "ValidationError", "No active Lifecycle Action found");

        assertThat(disassociate(toWarmPool()).outcome()).isEqualTo(Outcome.ActionEnded);
        assertThat(disassociate(Events.terminate()).outcome()).isEqualTo(Outcome.ActionEnded);
        assertThat(ec2.disassociateAddress).isEmpty();
    }

    /** Auto Scaling answers with the same code to a request that it does not understand. */
    @Test
    void aValidationErrorOfAnotherKindDoesNotMeanThatTheActionIsOver() {
        held(1);
        autoScaling.failure = Aws.autoScalingError(
                400, "ValidationError", "1 validation error detected: Value at 'lifecycleHookName' failed");

        assertThatThrownBy(() -> disassociate(toWarmPool()))
                .isInstanceOf(UnexpectedAwsErrorException.class)
                .hasMessageContaining("lifecycleHookName");
        assertThat(ec2.disassociateAddress).isEmpty();
    }

    @Test
    void anInstanceWhoseRootVolumeIsReplacedKeepsItsAddressAndAwsIsNotAsked() {
        held(1);
        var event = Events.terminate();
        Events.detail(event).put("Destination", "AutoScalingGroup");
        Events.detail(event).put("Action", "ReplaceRootVolume");

        assertThat(disassociate(event).outcome()).isEqualTo(Outcome.StaysInService);
        assertThat(ec2.describeAddresses).isEmpty();
        assertThat(ec2.disassociateAddress).isEmpty();
    }

    @Test
    void whetherTheHookHoldsTheInstanceIsAskedAfterTheLookAndOnlyWhenItHasAnAddress() {
        disassociate(Events.terminate());
        assertThat(autoScaling.heartbeats).isEmpty();

        held(1);
        disassociate(Events.terminate());
        assertThat(autoScaling.heartbeats).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "503, RequestLimitExceeded, eiponlaunch.failure.ThrottledException",
        "500, InternalError, eiponlaunch.failure.AwsUnavailableException",
        "403, UnauthorizedOperation, eiponlaunch.failure.AccessDeniedException",
        "400, OperationNotPermitted, eiponlaunch.failure.UnexpectedAwsErrorException",
    })
    void everyErrorCodeHasItsTypeInEitherCall(int status, String code, Class<? extends Exception> type) {
        held(1);
        ec2.failures.add(Aws.ec2Error(status, code, "what AWS says"));
        ec2.disassociationFailures.add(Aws.ec2Error(status, code, "what AWS says"));

        for (var attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> disassociate(Events.terminate()))
                    .isExactlyInstanceOf(type)
                    .hasMessageContaining(Events.INSTANCE);
        }
        assertThat(ec2.disassociateAddress).hasSize(1);
    }

    /** Tried again it would hold the termination up for minutes, and EC2 frees the address anyway when the instance has ended. */
    @Test
    void aRefusalOfTheAddressWithACodeThatIsNotKnownIsTheLastWordAndOneOfTheLookIsNot() {
        held(1);
        var unknown = Aws.ec2Error(400, "NotInAnyReference", "what AWS says");
        ec2.failures.add(unknown);
        ec2.disassociationFailures.add(unknown);

        assertThatThrownBy(() -> disassociate(Events.terminate())).isExactlyInstanceOf(AwsUnavailableException.class);
        assertThatThrownBy(() -> disassociate(Events.terminate()))
                .isExactlyInstanceOf(UnexpectedAwsErrorException.class)
                .hasMessageContaining(
                        "DisassociateAddress of 203.0.113.1 for " + Events.INSTANCE + " failed, NotInAnyReference");
    }

    @Test
    void aFailedQuestionToAutoScalingIsNoAnswer() {
        held(1);
        autoScaling.failure = Aws.autoScalingError(400, "Throttling", "Rate exceeded");

        assertThatThrownBy(() -> disassociate(toWarmPool())).hasMessageContaining("Throttling");
        assertThat(ec2.disassociateAddress).isEmpty();
    }

    @Test
    void nothingIsTakenFromAnInstanceThatLaunches() {
        held(1);

        assertThatThrownBy(() -> disassociate(Events.launch())).isInstanceOf(MalformedEventException.class);
        assertThat(ec2.describeAddresses).isEmpty();
    }

    private static Map<String, Object> toWarmPool() {
        var event = Events.terminate();
        Events.detail(event).put("Destination", "WarmPool");
        return event;
    }

    private void held(int number) {
        ec2.addresses.add(Address.builder()
                .allocationId(eip(number).allocationId())
                .publicIp(eip(number).publicIp())
                .instanceId(Events.INSTANCE)
                .associationId("eipassoc-" + number)
                .build());
    }

    private static ElasticIp eip(int number) {
        return new ElasticIp("eipalloc-" + number, "203.0.113." + number);
    }

    private DisassociateEipOutput disassociate(Map<String, Object> event) {
        return new DisassociateEipHandler(ec2, autoScaling)
                .handleRequest(new DisassociateEipInput(event, new EipPools(POOL, "Application,Team")), null);
    }
}
