package asl.execution;

import static asl.execution.Workbench.START;
import static asl.execution.Workbench.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatesTest {
    private static final String CHOICE = """
            'C': {'Type': 'Choice', 'Assign': {'v': 'state', 'w': 'state'}, 'Output': 'by default', 'Default': 'End', 'Choices': [
               {'Condition': '{% $states.input = 1 %}', 'Next': 'End', 'Assign': {'v': 'rule'}, 'Output': 'by rule'},
               {'Condition': '{% $states.input <= 2 %}', 'Next': 'End'}]},
            'End': {'Type': 'Succeed', 'Output': ['{% $states.input %}', '{% $v %}', '{% $w %}']}""";

    private final Workbench bench = new Workbench();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        1 | ['by rule', 'rule', 'state']
        2 | [2, 'state', 'state']
        3 | ['by default', 'state', 'state']
        """)
    void aChoiceTakesTheFirstRuleThatHoldsAndItsOwnAssignAppliesWhicheverThatIs(String input, String output) {
        assertThat(bench.run(CHOICE, input).output()).isEqualTo(json(output));
    }

    @Test
    void withoutAMatchOrADefaultAChoiceFails() {
        var execution = bench.run(
                "'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% false %}', 'Next': 'E'}]}, 'E': {'Type': 'Succeed'}",
                "{}");

        assertThat(execution.error()).contains("States.NoChoiceMatched");
    }

    @ParameterizedTest
    @CsvSource({"$states.input.gone", "1", "`true`", "null", "1 < `x`"})
    void aConditionThatIsNoBooleanFailsTheExecution(String condition) {
        var execution = bench.run(
                "'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% " + condition
                        + " %}', 'Next': 'E'}], 'Default': 'E'}, 'E': {'Type': 'Succeed'}",
                "{}");

        assertThat(execution.error()).contains("States.QueryEvaluationError");
        assertThat(execution.cause().orElseThrow()).contains("'Choices[0]/Condition'");
    }

    @Test
    void aWaitTakesItsSecondsAndPassesItsInputThrough() {
        var execution = bench.run("""
                'W': {'Type': 'Wait', 'Seconds': '{% $states.input.s %}', 'Assign': {'at': '{% $millis() %}'}, 'Next': 'E'},
                'E': {'Type': 'Succeed', 'Output': ['{% $states.input %}', '{% $at %}']}""", "{'s': 90}");

        assertThat(execution.stop()).contains(START.plusSeconds(90));
        assertThat(execution.output()).isEqualTo(json("[{'s': 90}, 1767225690000]"));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "-1, false", "1.5, false", "`1`, false", "99999999, true", "100000000, false", "3.0, true"})
    void theSecondsOfAWaitAreAWholeNumber(String seconds, boolean fine) {
        var execution = bench.run("'W': {'Type': 'Wait', 'Seconds': '{% " + seconds + " %}', 'End': true}", "{}");

        assertThat(execution.status()).isEqualTo(fine ? ExecutionStatus.SUCCEEDED : ExecutionStatus.FAILED);
    }

    @Test
    void assignSeesTheOldValues() {
        var execution = bench.run("""
                'A': {'Type': 'Pass', 'Assign': {'x': 1, 'y': 2}, 'Next': 'B'},
                'B': {'Type': 'Pass', 'Assign': {'x': '{% $y %}', 'y': '{% $x %}'}, 'Output': ['{% $x %}', '{% $y %}'], 'Next': 'C'},
                'C': {'Type': 'Succeed', 'Output': {'inB': '{% $states.input %}', 'inC': ['{% $x %}', '{% $y %}']}}""", "{}");

        assertThat(execution.output()).isEqualTo(json("{'inB': [1, 2], 'inC': [2, 1]}"));
    }

    @Test
    void aFailSaysWhyInWords() {
        var execution =
                bench.run("'F': {'Type': 'Fail', 'Error': 'Mine', 'Cause': '{% `of ` & $states.input %}'}", "'x'");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.error()).contains("Mine");
        assertThat(execution.cause()).contains("of x");
    }

    @Test
    void aFailMaySayNothing() {
        var execution = bench.run("'F': {'Type': 'Fail'}", "1");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.error()).isEmpty();
        assertThat(execution.cause()).isEmpty();
    }

    @Test
    void aCauseThatIsNoTextIsAnEvaluationError() {
        assertThat(bench.run("'F': {'Type': 'Fail', 'Error': 'E', 'Cause': '{% 1 %}'}", "1")
                        .error())
                .contains("States.QueryEvaluationError");
    }

    @Test
    void theTimeoutOfTheExecutionCannotBeCaught() {
        bench.thenAfter(Duration.ofSeconds(10), completion -> completion.succeed("late"));

        var execution = bench.run("""
                'T': {'Type': 'Task', 'Resource': 'work', 'TimeoutSeconds': 10, 'End': true, 'Retry': [{'ErrorEquals': ['States.ALL']}],
                      'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'E'}]},
                'E': {'Type': 'Succeed'};;'TimeoutSeconds': 10""", "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(execution.stop()).contains(START.plusSeconds(10));
        assertThat(execution.error()).isEmpty();
        assertThat(bench.eventTypes()).endsWith("TaskStarted", "ExecutionTimedOut");
    }

    @Test
    void anExecutionThatEndsJustBeforeItsTimeoutSucceeds() {
        bench.thenAfter(Duration.ofMillis(9_999), completion -> completion.succeed("in time"));

        var execution = bench.run("'T': {'Type': 'Task', 'Resource': 'work', 'End': true};;'TimeoutSeconds': 10", "{}");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(bench.time.now()).as("nothing is left to wait for").isEqualTo(START.plusMillis(9_999));
    }

    @Test
    void everyStateIsEnteredAfterTheTimeOfATransition() {
        var slow = new Workbench(1, Duration.ofMillis(30));

        var execution = slow.run(
                "'A': {'Type': 'Pass', 'Next': 'B'}, 'B': {'Type': 'Pass', 'Next': 'C'}, 'C': {'Type': 'Succeed'}",
                "{}");

        assertThat(execution.stop()).contains(START.plusMillis(90));
        assertThat(execution.stateTransitions()).isEqualTo(3);
    }

    @Test
    void anEndlessLoopFailsWhenItsHistoryIsFull() {
        var execution = bench.run("""
                'A': {'Type': 'Choice', 'Choices': [{'Condition': '{% false %}', 'Next': 'E'}], 'Default': 'A'},
                'E': {'Type': 'Succeed'}""", "{}");

        assertThat(execution.error()).as("%s", execution.cause()).contains("States.Runtime");
        assertThat(execution.historyEvents()).isBetween(24_990L, 25_000L);
    }
}
