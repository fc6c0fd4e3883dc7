package eiponlaunch.completelifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeAutoScaling;
import eiponlaunch.completelifecycle.CompleteLifecycleInput.Result;
import eiponlaunch.completelifecycle.CompleteLifecycleOutput.Outcome;
import eiponlaunch.failure.MalformedEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompleteLifecycleHandlerTest {
    private final FakeAutoScaling autoScaling = new FakeAutoScaling();

    @ParameterizedTest
    @EnumSource
    void completesTheActionByItsTokenWithTheResult(Result result) {
        assertThat(complete(Events.launch(), result).outcome()).isEqualTo(Outcome.Completed);

        var request = autoScaling.completions.get(0);
        assertThat(request.lifecycleActionResult()).isEqualTo(result.name());
        assertThat(request.lifecycleActionToken()).isEqualTo("87654321-4321-4321-4321-210987654321");
        assertThat(request.autoScalingGroupName()).isEqualTo("forward-proxy");
        assertThat(request.lifecycleHookName()).isEqualTo("associate-eip");
    }

    @Test
    void completesTheActionOfATerminationToo() {
        assertThat(complete(Events.terminate(), Result.CONTINUE).outcome()).isEqualTo(Outcome.Completed);

        var request = autoScaling.completions.get(0);
        assertThat(request.lifecycleActionResult()).isEqualTo("CONTINUE");
        assertThat(request.lifecycleActionToken()).isEqualTo("12345678-1234-1234-1234-123456789012");
        assertThat(request.lifecycleHookName()).isEqualTo("disassociate-eip");
    }

    @Test
    void noActiveActionIsAnOutcomeOfItsOwn() {
        autoScaling.failure = Aws.autoScalingError(
                400, "ValidationError", "No active Lifecycle Action found with instance ID i-0123456789abcdef0");

        assertThat(complete(Events.launch(), Result.CONTINUE).outcome()).isEqualTo(Outcome.NoActiveAction);
    }

    @ParameterizedTest
    @CsvSource({
        "400, ValidationError, Group name is invalid, eiponlaunch.failure.UnexpectedAwsErrorException",
        "400, SomethingNew, unknown, eiponlaunch.failure.AwsUnavailableException",
        "400, Throttling, Rate exceeded, eiponlaunch.failure.ThrottledException",
        "500, ResourceContention, pending update, eiponlaunch.failure.AwsUnavailableException",
        "403, AccessDenied, is not authorized, eiponlaunch.failure.AccessDeniedException",
    })
    void everyErrorCodeHasItsType(int status, String code, String message, Class<? extends Exception> type) {
        autoScaling.failure = Aws.autoScalingError(status, code, message);

        assertThatThrownBy(() -> complete(Events.launch(), Result.CONTINUE))
                .isExactlyInstanceOf(type)
                .hasMessageContaining(Events.INSTANCE);
    }

    @Test
    void aMalformedEventIsStillCompletedWhenItsActionIsKnownByTheInstance() {
        var event = Events.launch();
        event.remove("time");
        Events.detail(event).put("LifecycleActionToken", 42);

        complete(event, Result.ABANDON);

        var request = autoScaling.completions.get(0);
        assertThat(request.lifecycleActionToken()).isNull();
        assertThat(request.instanceId()).isEqualTo(Events.INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AutoScalingGroupName", "LifecycleHookName"})
    void anActionThatCannotBeNamedIsNotCompleted(String field) {
        var event = Events.launch();
        Events.detail(event).remove(field);

        assertThatThrownBy(() -> complete(event, Result.ABANDON))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(field);
        assertThat(autoScaling.completions).isEmpty();
    }

    private CompleteLifecycleOutput complete(Object event, Result result) {
        return new CompleteLifecycleHandler(autoScaling)
                .handleRequest(new CompleteLifecycleInput(event, result, null), null);
    }
}
