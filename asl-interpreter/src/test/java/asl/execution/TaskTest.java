package asl.execution;

import static asl.execution.Workbench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import asl.definition.Definition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static final String TASK = "'T': {'Type': 'Task', 'Resource': 'work', 'End': true, ";
    private static final String CATCH_ALL = "'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'C'}]},"
            + "'C': {'Type': 'Pass', 'End': true, 'Output': {'caught': '{% $states.input %}', 'at': '{% $millis() %}'}}";
    private final Workbench bench = new Workbench();

    @Test
    void handsTheArgumentsOverAndGivesTheResult() {
        var execution =
                bench.thenSucceed("{'r': 1}").run(TASK + "'Arguments': {'x': '{% $states.input.a %}'}}", "{'a': 5}");

        assertThat(bench.requests).containsExactly(new TaskRequest(execution, "T", 0, json("{'x': 5}")));
        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(execution.output()).isEqualTo(json("{'r': 1}"));
    }

    @Test
    void outputAndAssignSeeTheResult() {
        var execution = bench.thenSucceed("{'r': null}").run("""
                'T': {'Type': 'Task', 'Resource': 'work', 'Assign': {'v': '{% $states.result %}'},
                      'Output': {'in': '{% $states.input %}', 'r': '{% $states.result.r %}'}, 'Next': 'P'},
                'P': {'Type': 'Pass', 'Output': ['{% $states.input %}', '{% $v %}'], 'End': true}""", "3");

        assertThat(execution.output()).isEqualTo(json("[{'in': 3, 'r': null}, {'r': null}]"));
    }

    @Test
    void aNullInAResultIsAValue() {
        bench.thenSucceed("[null, 1]");

        assertThat(bench.run(TASK + "'Output': ['{% $states.result[0] %}', '{% $count($states.result) %}']}", "{}")
                        .output())
                .isEqualTo(json("[null, 2]"));
    }

    @Test
    void aResultOneMillisecondBeforeTheTimeoutCounts() {
        bench.thenAfter(Duration.ofMillis(4999), completion -> completion.succeed("in time"));

        assertThat(bench.run(TASK + "'TimeoutSeconds': 5}", "{}").output()).isEqualTo("in time");
    }

    @Test
    void aResultAtTheVeryInstantOfTheTimeoutIsTooLate() {
        bench.thenAfter(Duration.ofSeconds(5), completion -> completion.succeed("late"));

        var execution = bench.run(TASK + "'TimeoutSeconds': 5}", "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.error()).contains("States.Timeout");
        assertThat(execution.cause()).isEmpty();
        assertThat(execution.stop()).contains(Workbench.START.plusSeconds(5));
    }

    @Test
    void aLateCompletionAfterTheTimeoutIsIgnored() {
        bench.thenAfter(Duration.ofSeconds(6), completion -> completion.succeed("late"));
        bench.thenAfter(Duration.ofSeconds(3), completion -> completion.succeed("second attempt"));

        var execution = bench.run(
                TASK + "'TimeoutSeconds': '{% 2 + 3 %}', 'Retry': [{'ErrorEquals': ['States.Timeout']}]}", "{}");

        assertThat(execution.output()).isEqualTo("second attempt");
        assertThat(bench.requestMillis()).containsExactly(0L, 6000L);
        assertThat(bench.eventTypes()).containsOnlyOnce("TaskTimedOut", "TaskSucceeded");
    }

    @Test
    void eachAttemptHasTheWholeTimeout() {
        bench.thenAfter(Duration.ofSeconds(4), completion -> completion.fail("E", null));
        bench.thenAfter(Duration.ofSeconds(4), completion -> completion.succeed("ok"));

        var execution = bench.run(TASK + "'TimeoutSeconds': 5, 'Retry': [{'ErrorEquals': ['E']}]}", "{}");

        assertThat(execution.output()).isEqualTo("ok");
    }

    @Test
    void aSecondReportOfOneAttemptIsAFaultOfTheSimulation() {
        bench.then(completion -> {
            completion.succeed("once");
            assertThatIllegalStateException().isThrownBy(() -> completion.fail("E", null));
            completion.succeed("never");
        });

        assertThatIllegalStateException().isThrownBy(() -> bench.run(TASK + "'Comment': 'c'}", "{}"));
    }

    @Test
    void aCaughtErrorGoesToTheFirstCatcherThatCoversIt() {
        var execution = bench.thenFail("B").run("""
                'T': {'Type': 'Task', 'Resource': 'work', 'End': true, 'Catch': [
                   {'ErrorEquals': ['A'], 'Next': 'P'},
                   {'ErrorEquals': ['X', 'B'], 'Next': 'P', 'Assign': {'why': '{% $states.errorOutput.Error %}'},
                    'Output': {'in': '{% $states.input %}', 'cause': '{% $states.errorOutput.Cause %}'}},
                   {'ErrorEquals': ['States.ALL'], 'Next': 'P'}]},
                'P': {'Type': 'Pass', 'End': true, 'Output': ['{% $states.input %}', '{% $why %}']}""", "1");

        assertThat(execution.output()).isEqualTo(json("[{'in': 1, 'cause': 'cause of B'}, 'B']"));
    }

    @Test
    void withoutAnOutputTheErrorOutputIsPassedOn() {
        var execution = bench.thenFail("B").run(TASK + CATCH_ALL, "1");

        assertThat(execution.output())
                .isEqualTo(json("{'caught': {'Error': 'B', 'Cause': 'cause of B'}, 'at': 1767225600000}"));
    }

    @Test
    void anErrorOutputHasNoCauseWhenThereIsNone() {
        var execution = bench.then(completion -> completion.fail("B", null)).run(TASK + CATCH_ALL, "1");

        assertThat(execution.output()).isEqualTo(json("{'caught': {'Error': 'B'}, 'at': 1767225600000}"));
    }

    @Test
    void anErrorThatNothingCoversFailsTheExecution() {
        var execution = bench.thenFail("B").run("""
                'T': {'Type': 'Task', 'Resource': 'work', 'End': true, 'Catch': [{'ErrorEquals': ['A'], 'Next': 'P'}]},
                'P': {'Type': 'Succeed'}""", "1");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.error()).contains("B");
        assertThat(execution.cause()).contains("cause of B");
        assertThat(execution.output()).isNull();
    }

    @Test
    void statesAllDoesNotCatchStatesRuntime() {
        assertThat(bench.thenFail("States.Runtime").run(TASK + CATCH_ALL, "1").error())
                .contains("States.Runtime");
    }

    @Test
    void anExpressionThatFailsInTheArgumentsCanBeCaught() {
        var execution = bench.run(TASK + "'Arguments': {'a': '{% $states.input.gone %}'}, " + CATCH_ALL, "1");

        assertThat(execution.output()).asString().contains("States.QueryEvaluationError", "'Arguments/a'");
        assertThat(bench.requests).isEmpty();
        assertThat(bench.eventTypes()).contains("EvaluationFailed");
    }

    @Test
    void anExpressionThatFailsInTheOutputCanBeRetriedAndCaught() {
        bench.thenSucceed("1").thenSucceed("2");
        var execution = bench.run(
                TASK + "'Assign': {'v': 1}, 'Output': '{% $states.result.gone %}', "
                        + "'Retry': [{'ErrorEquals': ['States.QueryEvaluationError'], 'MaxAttempts': 1}], "
                        + CATCH_ALL.replace("'caught': '{% $states.input %}'", "'assigned': '{% $exists($v) %}'"),
                "1");

        assertThat(bench.requests).hasSize(2);
        assertThat(execution.output()).isEqualTo(json("{'assigned': false, 'at': 1767225601000}"));
    }

    @Test
    void anExpressionThatFailsInACatcherFailsTheExecution() {
        var execution = bench.thenFail("B").run("""
                'T': {'Type': 'Task', 'Resource': 'work', 'End': true, 'Catch': [
                   {'ErrorEquals': ['B'], 'Next': 'P', 'Assign': {'v': '{% $states.errorOutput.Gone %}'}},
                   {'ErrorEquals': ['States.ALL'], 'Next': 'P'}]},
                'P': {'Type': 'Succeed'}""", "1");

        assertThat(execution.error()).contains("States.QueryEvaluationError");
        assertThat(execution.cause().orElseThrow()).contains("'Catch[0]/Assign/v'");
    }

    @Test
    void aTimeoutThatIsNoWholeNumberOfAtLeastOneIsAnEvaluationError() {
        for (var timeout : new String[] {"0", "1.5", "`5`", "100000000"}) {
            var execution = new Workbench().run(TASK + "'TimeoutSeconds': '{% " + timeout + " %}'}", "{}");
            assertThat(execution.error()).contains("States.QueryEvaluationError");
        }
    }

    @Test
    void aStateMachineNeedsAnIntegrationForEveryResource() {
        var definition = Definition.parse("{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"T\",\"States\":{\"T\":"
                + "{\"Type\":\"Task\",\"Resource\":\"other\",\"End\":true}}}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bench.stepFunctions.createStateMachine("m", definition))
                .withMessageContaining("state T")
                .withMessageContaining("other");
    }
}
