package eiponlaunch.associateeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeEc2;
import eiponlaunch.associateeip.AssociateEipOutput.Outcome;
import eiponlaunch.failure.AwsUnavailableException;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.model.ElasticIp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        "503, RequestLimitExceeded, Request limit exceeded., eiponlaunch.failure.ThrottledException",
        "500, InternalError, An internal error has occurred, eiponlaunch.failure.AwsUnavailableException",
        "503, Unavailable, The server is overloaded, eiponlaunch.failure.AwsUnavailableException",
        "503, ServiceUnavailable, Service unavailable, eiponlaunch.failure.AwsUnavailableException",
        "502, SomethingNew, unknown, eiponlaunch.failure.AwsUnavailableException",
        "400, SomethingNew, unknown, eiponlaunch.failure.UnexpectedAwsErrorException",
        "403, UnauthorizedOperation, You are not authorized, eiponlaunch.failure.AccessDeniedException",
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
        return new AssociateEipHandler(ec2, Clock.fixed(now, ZoneOffset.UTC)).handleRequest(INPUT, null);
    }

    private static InstanceNetworkInterface network(String id, int deviceIndex) {
        return InstanceNetworkInterface.builder()
                .networkInterfaceId(id)
                .attachment(attachment -> attachment.deviceIndex(deviceIndex))
                .build();
    }
}
