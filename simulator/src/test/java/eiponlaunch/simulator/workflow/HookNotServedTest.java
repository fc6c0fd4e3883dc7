package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.simulator.faults.CallFault;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that no rule of the stack lets through, but that somebody who may start executions can hand in. */
class HookNotServedTest {
    private static final String NOT_SERVED = "eiponlaunch.failure.HookNotServedException";

    private final Workflow workflow = new Workflow();

    @Test
    void theLaunchOfAnotherHookIsLeftAlone() {
        var run = workflow.event(ofAnotherHook()).run();

        assertThat(run.states()).containsExactly("FindFreeEip", "LaunchLeftAlone");
        assertThat(run.execution().error()).contains(NOT_SERVED);
        assertThat(run.execution().cause().orElseThrow())
                .contains("drain", "forward-proxy", "associate-eip", "HookNames");
        assertThat(run.result.apiCalls()).isEqualTo(Map.of());
        assertThat(run.result.lost()).isOne(); // its own handler would have completed it
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void everyHookOfTheParameterIsServed() {
        var run = workflow.parameter("HookNames", "associate-eip, drain")
                .event(ofAnotherHook())
                .run();

        assertThat(run.result.continued()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC2InstanceId", "LifecycleTransition"})
    void aMalformedEventOfAnotherHookIsNotAbandoned(String missing) {
        var run = workflow.event(ofAnotherHook().andThen(event -> detail(event).remove(missing)))
                .run();

        assertThat(run.states())
                .containsExactly("FindFreeEip", "MayHaveOtherEip", "CompleteLifecycleAbandon", "AbandonNotSent");
        assertThat(run.execution().cause().orElseThrow()).contains("ABANDON: not sent, " + NOT_SERVED);
        assertThat(run.attempts("CompleteLifecycleAbandon")).isOne();
        assertThat(run.calls("CompleteLifecycleAction")).isZero();
    }

    @Test
    void startOnceAbandonsNoLaunchOfAnotherHookEither() {
        workflow.faults.every("StartExecution", CallFault.refused("AccessDenied", 400, "No."));
        var run = workflow.event(ofAnotherHook()).run();

        assertThat(run.executions("StartOnce").get(0).cause().orElseThrow())
                .contains("ABANDON: not sent, " + NOT_SERVED);
        assertThat(run.attempts("CompleteLifecycleAbandon")).isOne();
        assertThat(run.calls("CompleteLifecycleAction")).isZero();
    }

    @Test
    void theTerminationOfAnotherHookIsNotContinuedAndTakesNoAddress() {
        var run = workflow.earlyRelease().terminateEvent(ofAnotherHook()).run();

        assertThat(run.statesOfEipOnTerminate())
                .containsExactly("DisassociateEip", "CompleteLifecycleContinue", "ContinueNotSent");
        assertThat(run.executions("EipOnTerminate").get(0).cause().orElseThrow())
                .contains(NOT_SERVED, "disassociate-eip");
        assertThat(run.result.apiCalls()).isEqualTo(Map.of());
    }

    private static Consumer<ObjectNode> ofAnotherHook() {
        return event -> detail(event).put("LifecycleHookName", "drain");
    }

    private static ObjectNode detail(ObjectNode event) {
        return (ObjectNode) event.get("detail");
    }
}
