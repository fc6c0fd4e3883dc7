package eiponlaunch.emulators.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleInput;
import eiponlaunch.completelifecycle.CompleteLifecycleInput.Result;
import eiponlaunch.completelifecycle.CompleteLifecycleOutput.Outcome;
import eiponlaunch.emulators.Events;
import eiponlaunch.emulators.ShippedHandlers;
import eiponlaunch.failure.AwsUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** CompleteLifecycle with the client it ships with, against Auto Scaling's answers; no engine here gives them itself. */
class AutoScalingOverTheWireIT {
    private static final String CALL = "CompleteLifecycleAction";
    private static final String DONE = "<CompleteLifecycleActionResponse"
            + " xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\"><CompleteLifecycleActionResult/>"
            + "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></CompleteLifecycleActionResponse>";

    private final Wire wire = new Wire();
    private final CompleteLifecycleHandler handler = ShippedHandlers.completeLifecycle(wire.url());

    @AfterEach
    void close() {
        wire.close();
    }

    @ParameterizedTest
    @EnumSource(Result.class)
    void sendsTheActionOfTheEventAndTheResult(Result result) {
        wire.answer(CALL, Wire.xml(200, DONE));

        assertThat(complete(result)).isEqualTo(Outcome.Completed);
        assertThat(wire.sent(CALL))
                .singleElement()
                .satisfies(sent -> assertThat(sent)
                        .containsEntry("AutoScalingGroupName", "forward-proxy")
                        .containsEntry("LifecycleHookName", "associate-eip")
                        .containsEntry("LifecycleActionToken", "87654321-4321-4321-4321-210987654321")
                        .containsEntry("InstanceId", "i-0123456789abcdef0")
                        .containsEntry("LifecycleActionResult", result.name()));
    }

    @Test
    void reportsAnActionThatIsNoLongerActive() {
        wire.answer(
                CALL,
                Wire.autoScalingError(
                        400,
                        "ValidationError",
                        "No active Lifecycle Action found with token 87654321-4321-4321-4321-210987654321"));

        assertThat(complete(Result.CONTINUE)).isEqualTo(Outcome.NoActiveAction);
    }

    @ParameterizedTest
    @CsvSource({
        "500, ResourceContention, You already have a pending update, AwsUnavailableException",
        "400, Throttling, Rate exceeded, ThrottledException",
        "500, InternalFailure, The request processing has failed, AwsUnavailableException",
        "503, ServiceUnavailable, The request has failed, AwsUnavailableException",
        "403, AccessDenied, User is not authorized to perform: autoscaling:CompleteLifecycleAction, AccessDeniedException",
        "403, ExpiredToken, The security token included in the request is expired, AccessDeniedException",
        "400, ValidationError, 1 validation error detected, UnexpectedAwsErrorException",
    })
    void namesEachErrorOfAutoScaling(int status, String code, String message, String failure) {
        wire.answer(CALL, Wire.autoScalingError(status, code, message));

        assertThatThrownBy(() -> complete(Result.ABANDON))
                .satisfies(e -> assertThat(e.getClass().getName()).isEqualTo("eiponlaunch.failure." + failure))
                .hasMessageContaining(code)
                .hasMessageContaining(message);
        assertThat(wire.sent(CALL)).as("every retry is the state machine's").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
    void takesABrokenConnectionForAnUnavailableService(Fault fault) {
        wire.answer(CALL, WireMock.aResponse().withFault(fault));

        assertThatThrownBy(() -> complete(Result.CONTINUE)).isInstanceOf(AwsUnavailableException.class);
    }

    @Test
    void givesUpOnACallBeforeTheFunctionsOwnTimeout() {
        wire.answer(CALL, Wire.xml(200, DONE).withFixedDelay(9_000));

        assertThatThrownBy(() -> complete(Result.CONTINUE)).isInstanceOf(AwsUnavailableException.class);
    }

    private Outcome complete(Result result) {
        return handler.handleRequest(
                        new CompleteLifecycleInput(Events.plain(Events.read("launch.json")), result, null), null)
                .outcome();
    }
}
