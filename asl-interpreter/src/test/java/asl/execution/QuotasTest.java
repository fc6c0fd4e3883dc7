package asl.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Step Functions' quotas, at their edges. A text of n characters is a JSON value of n + 2 bytes. */
class QuotasTest {
    private static final int LONGEST_TEXT = 262_144 - 2;
    private static final String TOO_LARGE = "States.DataLimitExceeded";

    private final Workbench bench = new Workbench();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "[1, 2.5, -3, true, null]",
                "{'a': [], 'b': {'c': 'd'}, 'e': null}",
                "'\\\\ \\n \\t \\u0001 \\u007f / ä €'",
                "{'ä\\n': 12345678901234567890}"
            })
    void aValueCountsAsTheJsonTextThatItIs(String text) throws JsonProcessingException {
        Object json = Workbench.json(text);

        assertThat(Quotas.bytes(json)).isEqualTo(new ObjectMapper().writeValueAsBytes(json).length);
    }

    @Test
    void charactersCountByTheirBytes() {
        assertThat(Quotas.fits("x".repeat(LONGEST_TEXT))).isTrue();
        assertThat(Quotas.fits("ä".repeat(LONGEST_TEXT / 2))).isTrue();
        assertThat(Quotas.fits("ä".repeat(LONGEST_TEXT / 2 + 1))).isFalse();
        assertThat(Quotas.fits("\"".repeat(LONGEST_TEXT / 2 + 1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aTasksResultMayHave262144Bytes(int more) {
        bench.then(completion -> completion.succeed("x".repeat(LONGEST_TEXT + more)));

        var execution = bench.run("'T': {'Type': 'Task', 'Resource': 'work', 'Output': 'small', 'End': true}", "{}");

        assertThat(execution.error().isPresent()).isEqualTo(more > 0);
        if (more > 0) {
            assertThat(execution.error()).contains(TOO_LARGE);
            assertThat(execution.cause())
                    .contains("The state/task 'T' returned a result with a size exceeding the maximum number of bytes"
                            + " service limit.");
            assertThat(bench.eventTypes())
                    .containsSubsequence("TaskStarted", "TaskFailed", "ExecutionFailed")
                    .doesNotContain("TaskSucceeded");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aTasksArgumentsMayHave262144Bytes(int more) {
        bench.thenSucceed("{}");

        // {"a":"…"} has 6 bytes more than the text with its quotes
        var execution = bench.run(
                "'T': {'Type': 'Task', 'Resource': 'work', 'Arguments': {'a': '{% $states.input & `" + "y".repeat(more)
                        + "` %}'}, 'End': true}",
                "'" + "x".repeat(LONGEST_TEXT - 6) + "'");

        assertThat(execution.error()).isEqualTo(more > 0 ? Optional.of(TOO_LARGE) : Optional.empty());
        assertThat(bench.requests).hasSize(1 - more);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'P': {'Type': 'Pass', 'Output': '{% $states.input & $states.input %}', 'End': true}",
                "'P': {'Type': 'Pass', 'Assign': {'large': '{% $states.input & $states.input %}'}, 'End': true}",
                "'P': {'Type': 'Pass', 'Assign': {'a': '{% $states.input %}', 'b': '{% $states.input %}'},"
                        + " 'End': true}",
                "'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', 'Next': 'E',"
                        + " 'Output': '{% $states.input & $states.input %}'}]}, 'E': {'Type': 'Succeed'}",
                "'W': {'Type': 'Wait', 'Seconds': 1, 'Output': '{% $states.input & $states.input %}', 'End': true}",
                "'S': {'Type': 'Succeed', 'Output': '{% $states.input & $states.input %}'}",
                "'M': {'Type': 'Map', 'Items': '{% [1..50000] %}', 'End': true, 'ItemProcessor': {'StartAt': 'I',"
                        + " 'States': {'I': {'Type': 'Pass', 'End': true}}}}",
                "'M': {'Type': 'Map', 'Items': [1], 'ItemSelector': '{% $states.input & $states.input %}', 'End': true,"
                        + " 'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': true}}}}",
                "'M': {'Type': 'Map', 'Items': [1, 2], 'End': true, 'Output': 'small', 'ItemSelector': '{% $states.input %}', 'ItemProcessor': {'StartAt': 'I',"
                        + " 'States': {'I': {'Type': 'Pass', 'End': true}}}}"
            })
    void everyOtherValueOfAStateMayHaveAsMuch(String states) {
        var execution = bench.run(states, "'" + "x".repeat(150_000) + "'");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(execution.error()).contains(TOO_LARGE);
        assertThat(execution.cause().orElseThrow()).contains("exceeding the maximum number of bytes service limit");
    }

    @Test
    void statesAllDoesNotCatchIt() {
        bench.then(completion -> completion.succeed("x".repeat(LONGEST_TEXT + 1)));

        var execution = bench.run(
                "'T': {'Type': 'Task', 'Resource': 'work', 'End': true, 'Retry': [{'ErrorEquals': ['States.ALL']}],"
                        + " 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'E'}]}, 'E': {'Type': 'Succeed'}",
                "{}");

        assertThat(execution.error()).contains(TOO_LARGE);
        assertThat(bench.requests).hasSize(1);
    }

    @Test
    void aCatcherThatNamesItDoes() {
        bench.then(completion -> completion.succeed("x".repeat(LONGEST_TEXT + 1)));

        var execution = bench.run(
                "'T': {'Type': 'Task', 'Resource': 'work', 'End': true,"
                        + " 'Catch': [{'ErrorEquals': ['States.DataLimitExceeded'], 'Next': 'E'}]},"
                        + " 'E': {'Type': 'Succeed'}",
                "{}");

        assertThat(execution.output())
                .isInstanceOf(Map.class)
                .extracting("Error")
                .isEqualTo(TOO_LARGE);
    }

    @Test
    void anExecutionIsNotStartedWithALargerInput() {
        var arn = bench.create("m", "'P': {'Type': 'Pass', 'End': true}");

        assertThatThrownBy(() -> bench.stepFunctions.startExecution(arn, "e", "x".repeat(LONGEST_TEXT + 1)))
                .isInstanceOf(ValidationException.class);
        assertThat(bench.stepFunctions.executions()).isEmpty();
        bench.stepFunctions.startExecution(arn, "e", "x".repeat(LONGEST_TEXT));
    }

    @Test
    void aCauseHasAtMost32768Characters() {
        var execution = bench.run(
                "'F': {'Type': 'Fail', 'Error': '{% $substring($states.input, 0, 300) %}', 'Cause': '{% $states.input %}'}",
                "'" + "c".repeat(40_000) + "'");

        assertThat(execution.cause().orElseThrow()).hasSize(32_768);
        assertThat(execution.error().orElseThrow()).hasSize(256);
        assertThat(bench.events.get(bench.events.size() - 1).details())
                .isEqualTo(Map.of("error", "c".repeat(256), "cause", "c".repeat(32_768)));
    }

    @Test
    void nothingCatchesAHistoryThatIsFull() {
        bench.always((completion, time) -> completion.succeed("again"));

        var execution = bench.run(
                "'T': {'Type': 'Task', 'Resource': 'work', 'Next': 'T',"
                        + " 'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'E'}]}, 'E': {'Type': 'Succeed'}",
                "{}");

        assertThat(execution.error()).contains("States.Runtime");
        assertThat(execution.cause()).contains("The execution reached the maximum number of history events (25000).");
        assertThat(execution.historyEvents()).isLessThanOrEqualTo(25_000);
    }
}
