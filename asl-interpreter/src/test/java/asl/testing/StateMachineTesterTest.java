package asl.testing;

import static asl.testing.TaskBehaviour.fails;
import static asl.testing.TaskBehaviour.hangs;
import static asl.testing.TaskBehaviour.runs;
import static asl.testing.TaskBehaviour.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asl.execution.ExecutionStatus;
import asl.execution.HistoryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateMachineTesterTest {
    private final StateMachineTester machine =
            StateMachineTester.of("""
                    {"QueryLanguage": "JSONata", "StartAt": "Each", "States": {"Each": {"Type": "Map", "Items": "{% $states.input %}",
                      "ItemProcessor": {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": "${Resource}", "End": true,
                        "TimeoutSeconds": 10, "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 9, "JitterStrategy": "FULL"}]}}},
                      "End": true}}}""", Map.of("Resource", "arn:aws:states:::anything:atAll"));

    @Test
    void thePageShowsATestThatRuns() throws IOException {
        var test = Files.readString(Path.of("src/test/java/asl/testing/TestYourOwnStateMachineTest.java"));
        var withoutPackage = test.substring(test.indexOf("import"));

        assertThat(Files.readString(Path.of("../docs/test-your-own-state-machine.md")))
                .contains("```java\n" + withoutPackage + "```");
    }

    @Test
    void theLastBehaviourCountsForAllFurtherAttempts() {
        machine.task("Work", fails("E"), fails("E"), succeeds("done"));

        var execution = machine.run(List.of(1, 2, 3));

        assertThat(execution.output()).isEqualTo(List.of("done", "done", "done"));
        assertThat(execution.argumentsOf("Work")).containsExactlyInAnyOrder(1, 2, 3, 1, 2);
    }

    @Test
    void aTaskRunsCodeAndFailsUnderTheClassNameOfWhatThatThrows() {
        machine.task("Work", runs(arguments -> 10 / (Integer) arguments));

        assertThat(machine.run(List.of(2, 5)).output()).isEqualTo(List.of(5, 2));
        assertThat(machine.run(List.of(0)).error()).isEqualTo("java.lang.ArithmeticException");
    }

    @Test
    void aTaskThatNeverAnswersIsEndedByItsTimeout() {
        machine.task("Work", hangs());

        var execution = machine.run(List.of(1));

        assertThat(execution.error()).isEqualTo("States.Timeout");
        assertThat(execution.took()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aTaskAnswersLater() {
        machine.task("Work", succeeds(1).after(Duration.ofSeconds(9)));

        assertThat(machine.run(List.of(1)).took()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void everyRunIsTheSameUntilItHasAnotherSeed() {
        machine.task("Work", fails("E"));

        assertThat(times(machine.run(List.of(1)))).isEqualTo(times(machine.run(List.of(1))));
        assertThat(times(machine.run(List.of(1))))
                .isNotEqualTo(times(machine.seed(2).run(List.of(1))));
    }

    private static List<Object> times(TestedExecution execution) {
        return execution.history().stream().<Object>map(HistoryEvent::timestamp).toList();
    }

    @Test
    void aMisspeltTaskIsRefused() {
        assertThatThrownBy(() -> machine.task("Wrok", succeeds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the definition has no task Wrok");
    }

    @Test
    void aTaskWithoutABehaviourIsNamed() {
        assertThatThrownBy(() -> machine.run(List.of(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("task Work has no behaviour: call task(\"Work\", …) before run");
    }

    @Test
    void anExecutionThatWaitsForEverIsStillRunning() {
        var waits = StateMachineTester.of("""
                        {"QueryLanguage": "JSONata", "StartAt": "Work", "States": {
                          "Work": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}}}""");

        assertThat(waits.task("Work", hangs()).run(Map.of()).status()).isEqualTo(ExecutionStatus.RUNNING);
    }
}
