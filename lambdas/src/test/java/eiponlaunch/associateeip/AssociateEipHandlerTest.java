package eiponlaunch.associateeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeEc2;
import eiponlaunch.associateeip.AssociateEipOutput.Outcome;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.AwsUnavailableException;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.failure.InstanceGoneException;
import eiponlaunch.failure.InstanceNotReadyException;
import eiponlaunch.failure.NoInternetGatewayException;
import eiponlaunch.model.ElasticIp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

class AssociateEipHandlerTest {
    private static final Instant DEADLINE = Events.TIME.plusSeconds(600);
    private static final AssociateEipInput INPUT =
            new AssociateEipInput(Events.INSTANCE, new ElasticIp("eipalloc-1", "203.0.113.1"), DEADLINE);

    private final FakeEc2 ec2 = new FakeEc2();

    @Test
    void associatesWithoutEverTakingAnAddressFromAnotherInstance() {
        assertThat(associate(Events.TIME).outcome()).isEqualTo(Outcome.Associated);

        var request = ec2.associateAddress.get(0);
        assertThat(request.allowReassociation()).isFalse();
        assertThat(request.instanceId()).isEqualTo(Events.INSTANCE);
        assertThat(request.allocationId()).isEqualTo("eipalloc-1");
    }

    @ParameterizedTest
    @CsvSource({"Resource.AlreadyAssociated, Taken", "InvalidAllocationID.NotFound, Released"})
    void anAddressThatIsGoneMeanwhileIsAnOutcomeAndNoFailure(String code, Outcome outcome) {
        ec2.failures.add(Aws.ec2Error(400, code, "meanwhile"));

        assertThat(associate(Events.TIME).outcome()).isEqualTo(outcome);
    }

    @Test
    void anAttemptThatBeginsAfterItsTimeAsksEc2ForNothing() {
        var startBy = Events.TIME.plusSeconds(15);
        var input = new AssociateEipInput(INPUT.instanceId(), INPUT.eip(), DEADLINE, null, null, null, null, startBy);

        assertThat(handler(startBy.plusMillis(1)).handleRequest(input, null).outcome())
                .isEqualTo(Outcome.Late);
        assertThat(ec2.associateAddress).isEmpty();
        assertThat(handler(startBy).handleRequest(input, null).outcome()).isEqualTo(Outcome.Associated);
    }

    @Test
    void anInstanceWithSeveralInterfacesGetsTheAddressOnThePrimaryOne() {
        ec2.failures.add(Aws.ec2Error(
                400, "InvalidInstanceID", "There are multiple interfaces attached to instance 'i-0123456789abcdef0'."));
        ec2.instances.add(Instance.builder()
                .instanceId(Events.INSTANCE)
                .networkInterfaces(network("eni-second", 1), network("eni-primary", 0))
                .build());

        assertThat(associate(Events.TIME).outcome()).isEqualTo(Outcome.Associated);

        var request = ec2.associateAddress.get(1);
        assertThat(request.networkInterfaceId()).isEqualTo("eni-primary");
        assertThat(request.instanceId()).isNull();
        assertThat(request.allowReassociation()).isFalse();
    }

    /** Whatever the order of EC2's answer: each card has a device 0, and only the first card's is the instance's own. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void ofSeveralNetworkCardsTheFirstOnesFirstDeviceGetsTheAddress(int rotation) {
        var networks = new ArrayList<>(List.of(
                network("eni-card-1", 1, 0),
                network("eni-efa-only", 0, 0).toBuilder()
                        .interfaceType("efa-only")
                        .build(),
                network("eni-second", 0, 1),
                InstanceNetworkInterface.builder()
                        .networkInterfaceId("eni-detached")
                        .build(),
                network("eni-card-2", 2, 0),
                network("eni-primary", 0, 0)));
        Collections.rotate(networks, rotation);
        ec2.failures.add(Aws.ec2Error(400, "InvalidInstanceID", "There are multiple interfaces attached."));
        ec2.instances.add(Instance.builder()
                .instanceId(Events.INSTANCE)
                .networkInterfaces(networks)
                .build());

        associate(Events.TIME);

        assertThat(ec2.associateAddress.get(1).networkInterfaceId()).isEqualTo("eni-primary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"InvalidInstanceID.NotFound", "InvalidNetworkInterfaceID.NotFound"})
    void anInstanceThatEc2DoesNotKnowIsNotKnownYetForTwoMinutesAfterTheEventAndGoneThen(String code) {
        var input = new AssociateEipInput(INPUT.instanceId(), INPUT.eip(), DEADLINE, null, Events.launch());
        for (var attempt = 0; attempt < 2; attempt++) {
            ec2.failures.add(Aws.ec2Error(400, code, "The ID does not exist"));
        }

        assertThatThrownBy(() -> handler(Events.TIME.plusMillis(119_999)).handleRequest(input, null))
                .isInstanceOf(InstanceNotReadyException.class)
                .hasMessageContaining(Events.INSTANCE)
                .hasMessageContaining(code);
        assertThatThrownBy(() -> handler(Events.TIME.plusSeconds(120)).handleRequest(input, null))
                .isInstanceOf(InstanceGoneException.class);
    }

    @Test
    void aPrimaryInterfaceThatIsNotShownYetIsWaitedForAsTheInstanceIs() {
        var input = new AssociateEipInput(INPUT.instanceId(), INPUT.eip(), DEADLINE, null, Events.launch());
        var several = Aws.ec2Error(400, "InvalidInstanceID", "There are multiple interfaces attached.");

        ec2.failures.add(several);
        assertThatThrownBy(() -> handler(Events.TIME.plusSeconds(119)).handleRequest(input, null))
                .isInstanceOf(InstanceNotReadyException.class);
        ec2.failures.add(several);
        assertThatThrownBy(() -> handler(Events.TIME.plusSeconds(120)).handleRequest(input, null))
                .isInstanceOf(InstanceGoneException.class);
    }

    /** It may be repeated: EC2 accepts a pair that is associated already. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void anAnswerWithoutAssociationIdIsNoSuccessAndTriedAgain(String associationId) {
        ec2.associationId = associationId;

        assertThatThrownBy(() -> associate(Events.TIME))
                .isInstanceOf(AwsUnavailableException.class)
                .hasMessageContaining(Events.INSTANCE)
                .hasMessageContaining("association ID");
    }

    @Test
    void nothingIsAssociatedFromTheDeadlineOn() {
        assertThat(associate(DEADLINE.minusMillis(1)).outcome()).isEqualTo(Outcome.Associated);
        assertThatThrownBy(() -> associate(DEADLINE))
                .isInstanceOf(DeadlinePassedException.class)
                .hasMessageContaining(Events.INSTANCE);
        assertThat(ec2.associateAddress).hasSize(1);
    }

    @Test
    void aTransientFailureAfterTheDeadlineEndsTheRetries() {
        var start = new Object() {
            boolean passed;
        };
        var clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() { // the deadline passes while EC2 answers
                var now = start.passed ? DEADLINE : Events.TIME;
                start.passed = true;
                return now;
            }
        };
        ec2.failures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));

        assertThatThrownBy(() -> new AssociateEipHandler(ec2, clock).handleRequest(INPUT, null))
                .isInstanceOf(DeadlinePassedException.class)
                .hasMessageContaining("RequestLimitExceeded");
    }

    @ParameterizedTest
    @CsvSource({
        "401, AuthFailure, eiponlaunch.failure.AccessDeniedException",
        "403, UnauthorizedOperation, eiponlaunch.failure.AccessDeniedException",
        "400, OperationNotPermitted, eiponlaunch.failure.UnexpectedAwsErrorException",
        "400, InvalidParameterCombination, eiponlaunch.failure.UnexpectedAwsErrorException",
        "400, InvalidParameterValue, eiponlaunch.failure.UnexpectedAwsErrorException",
        "400, SomethingNew, eiponlaunch.failure.UnexpectedAwsErrorException",
    })
    void whatMayBeTheAddressesOwnFaultIsAnOutcomeForDefinitionsThatKnowItAndAFailureForOthers(
            int status, String code, Class<? extends Exception> type) {
        ec2.failures.add(Aws.ec2Error(status, code, "No."));
        var output = handler(Events.TIME).handleRequest(knowing(List.of("eipalloc-0"), null), null);

        assertThat(output.outcome()).isEqualTo(Outcome.Refused);
        assertThat(output.code()).isEqualTo(code);
        assertThat(output.triedInVain()).containsExactly("eipalloc-0", "eipalloc-1");
        assertThat(output.refusedSince()).isEqualTo(Events.TIME);

        ec2.failures.add(Aws.ec2Error(status, code, "No."));
        assertThatThrownBy(() -> associate(Events.TIME)).isExactlyInstanceOf(type);
    }

    @Test
    void theLastRefusalAfterTwoMinutesIsTheFailureItself() {
        var input = knowing(List.of("eipalloc-1"), Events.TIME);
        for (var attempt = 0; attempt < 2; attempt++) {
            ec2.failures.add(Aws.ec2Error(403, "UnauthorizedOperation", "You are not authorized."));
        }

        assertThat(handler(Events.TIME.plusMillis(119_999))
                        .handleRequest(input, null)
                        .refusedSince())
                .isEqualTo(Events.TIME);
        assertThatThrownBy(() -> handler(Events.TIME.plusSeconds(120)).handleRequest(input, null))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void whatIsCertainIsAFailureForEveryDefinition() {
        ec2.failures.add(Aws.ec2Error(400, "Gateway.NotAttached", "Network vpc-0 is not attached to any gateway"));

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(knowing(List.of(), null), null))
                .isInstanceOf(NoInternetGatewayException.class);
    }

    @Test
    void anAddressThatIsTakenOrReleasedWasTriedInVainToo() {
        ec2.failures.add(Aws.ec2Error(400, "Resource.AlreadyAssociated", "meanwhile"));

        var output = handler(Events.TIME).handleRequest(knowing(List.of(), null), null);

        assertThat(output.triedInVain()).containsExactly("eipalloc-1");
        assertThat(output.refusedSince()).isNull();
    }

    private static AssociateEipInput knowing(List<String> triedInVain, Instant refusedSince) {
        return new AssociateEipInput(
                INPUT.instanceId(), INPUT.eip(), DEADLINE, null, Events.launch(), triedInVain, refusedSince, null);
    }

    @ParameterizedTest
    @CsvSource({
        "503, RequestLimitExceeded, Request limit exceeded., eiponlaunch.failure.ThrottledException",
        "500, InternalError, An internal error has occurred, eiponlaunch.failure.AwsUnavailableException",
        "503, Unavailable, The server is overloaded, eiponlaunch.failure.AwsUnavailableException",
        "503, ServiceUnavailable, Service unavailable, eiponlaunch.failure.AwsUnavailableException",
        "502, SomethingNew, unknown, eiponlaunch.failure.AwsUnavailableException",
        "400, SomethingNew, unknown, eiponlaunch.failure.UnexpectedAwsErrorException",
        "403, UnauthorizedOperation, You are not authorized, eiponlaunch.failure.AccessDeniedException",
        "400, InvalidNetworkInterfaceID.NotFound, does not exist, eiponlaunch.failure.InstanceGoneException",
        "400, InvalidInstanceID.NotFound, does not exist, eiponlaunch.failure.InstanceGoneException",
        "400, IncorrectInstanceState, The instance is being terminated, eiponlaunch.failure.InstanceGoneException",
        "400, InvalidInstanceID, The shutting-down instance is not in a valid state, eiponlaunch.failure.InstanceGoneException",
        "400, InvalidInstanceID, The pending instance 'i-1' is not in a valid state for this operation, eiponlaunch.failure.InstanceNotReadyException",
        "400, IncorrectInstanceState, The instance is not in the 'running' state, eiponlaunch.failure.InstanceNotReadyException",
        "400, Gateway.NotAttached, not attached to any internet gateway, eiponlaunch.failure.NoInternetGatewayException",
    })
    void everyErrorCodeHasItsType(int status, String code, String message, Class<? extends Exception> type) {
        ec2.failures.add(Aws.ec2Error(status, code, message));

        assertThatThrownBy(() -> associate(Events.TIME))
                .isExactlyInstanceOf(type)
                .hasMessageContaining(Events.INSTANCE)
                .hasMessageContaining(code);
    }

    @Test
    void noAnswerInTimeIsWorthARetry() {
        ec2.failures.add(ApiCallTimeoutException.create(5000));

        assertThatThrownBy(() -> associate(Events.TIME)).isInstanceOf(AwsUnavailableException.class);
    }

    private AssociateEipOutput associate(Instant now) {
        return handler(now).handleRequest(INPUT, null);
    }

    private AssociateEipHandler handler(Instant now) {
        return new AssociateEipHandler(ec2, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static InstanceNetworkInterface network(String id, int card, int device) {
        return InstanceNetworkInterface.builder()
                .networkInterfaceId(id)
                .attachment(attachment -> attachment.networkCardIndex(card).deviceIndex(device))
                .build();
    }

    private static InstanceNetworkInterface network(String id, int deviceIndex) {
        return InstanceNetworkInterface.builder()
                .networkInterfaceId(id)
                .attachment(attachment -> attachment.deviceIndex(deviceIndex))
                .build();
    }
}
