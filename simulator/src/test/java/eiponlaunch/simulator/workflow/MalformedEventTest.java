package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are not what Auto Scaling sends, on the shipped definition. */
class MalformedEventTest {
    private final Workflow workflow = new Workflow();

    @ParameterizedTest
    @ValueSource(
            strings = {"detail.EC2InstanceId", "detail.LifecycleActionToken", "detail.LifecycleTransition", "time"})
    void theErrorNamesTheFieldAndAbandonIsSentAsLongAsTheActionIsKnown(String path) {
        var run = workflow.event(event -> remove(event, path)).run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.MalformedEventException");
        assertThat(run.execution().cause().orElseThrow()).contains(path);
        assertThat(run.states())
                .containsExactly("FindFreeEip", "MayHaveOtherEip", "CompleteLifecycleAbandon", "LaunchAbandoned");
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"detail.AutoScalingGroupName", "detail.LifecycleHookName", "detail"})
    void withoutGroupAndHookThereIsNothingToAbandon(String path) {
        var run = workflow.event(event -> remove(event, path)).run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.MalformedEventException");
        assertThat(run.execution().cause().orElseThrow()).contains(path).contains("not sent");
        assertThat(run.states()).endsWith("CompleteLifecycleAbandon", "AbandonNotSent");
        assertThat(run.calls("CompleteLifecycleAction")).isZero();
    }

    @Test
    void aFieldOfAnotherFormIsNamedWithItsValue() {
        var run = workflow.event(event -> ((ObjectNode) event.get("detail")).put("EC2InstanceId", 42))
                .run();

        assertThat(run.execution().cause().orElseThrow())
                .contains("detail.EC2InstanceId")
                .contains("42");
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void aTimeThatIsNotInUtcIsMalformed() {
        var run = workflow.event(event -> event.put("time", "2026-01-31T13:00:00+01:00"))
                .run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.MalformedEventException");
        assertThat(run.execution().cause().orElseThrow()).contains("time");
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void whateverTheInputIsTheExecutionEndsWithATypedErrorAndAssociatesNothing() {
        for (var event : new Object[] {
            "text", 7, true, List.of(), List.of(Map.of("detail", List.of(1, 2))), Map.of(), Map.of("detail", "x")
        }) {
            var run = new Workflow().anyEvent(event).run();

            assertThat(run.execution().error()).as("%s", event).contains("eiponlaunch.failure.MalformedEventException");
            assertThat(run.calls("AssociateAddress")).isZero();
        }
    }

    private static void remove(ObjectNode event, String path) {
        if (path.startsWith("detail.")) {
            ((ObjectNode) event.get("detail")).remove(path.substring("detail.".length()));
        } else {
            event.remove(path);
        }
    }
}
