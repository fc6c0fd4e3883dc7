package asl.execution;

import static asl.execution.Workbench.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepFunctionsTest {
    private static final String WAIT = "'W': {'Type': 'Wait', 'Seconds': 10, 'End': true}";
    private static final String STARTER = """
            'S': {'Type': 'Task', 'Resource': 'arn:aws:states:::states:startExecution', 'End': true,
                  'Arguments': {'StateMachineArn': '{% $states.input.arn %}', 'Name': '{% $states.input.name %}', 'Input': '{% $states.input.input %}'},
                  'Catch': [{'ErrorEquals': ['States.ALL'], 'Output': '{% $states.errorOutput.Error %}', 'Next': 'E'}]},
            'E': {'Type': 'Succeed'}""";

    private final Workbench bench = new Workbench();
    private final StepFunctions stepFunctions = bench.stepFunctions;

    @Test
    void theArnFollowsFromTheName() {
        assertThat(bench.create("m", WAIT))
                .isEqualTo("arn:aws:states:us-east-1:123456789012:stateMachine:m")
                .isEqualTo(StepFunctions.stateMachineArn("m"));
        assertThatIllegalArgumentException().isThrownBy(() -> bench.create("m", WAIT));
    }

    @Test
    void theSameNameAndInputGiveTheRunningExecution() {
        var arn = bench.create("m", WAIT);
        var first = stepFunctions.startExecution(arn, "n", json("{'a': 1, 'b': 2}"));

        assertThat(stepFunctions.startExecution(arn, "n", json("{'b': 2, 'a': 1}")))
                .isSameAs(first);
        bench.time.runUntilIdle();
        assertThat(bench.eventTypes()).containsOnlyOnce("ExecutionStarted", "WaitStateEntered");
        assertThat(stepFunctions.executions()).containsExactly(first);
    }

    @Test
    void anotherInputUnderTheNameOfARunningExecutionIsRefused() {
        var arn = bench.create("m", WAIT);
        stepFunctions.startExecution(arn, "n", json("{'a': 1}"));

        assertThatThrownBy(() -> stepFunctions.startExecution(arn, "n", json("{'a': 2}")))
                .isInstanceOf(ExecutionAlreadyExistsException.class)
                .hasMessage("Execution Already Exists: arn:aws:states:us-east-1:123456789012:execution:m:n");
    }

    @Test
    void theNameOfAStoppedExecutionIsRefusedEvenWithTheSameInput() {
        var arn = bench.create("m", WAIT);
        stepFunctions.startExecution(arn, "n", 1);
        bench.time.runUntilIdle();

        assertThatThrownBy(() -> stepFunctions.startExecution(arn, "n", 1))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
    }

    @Test
    void oneNameMayBeUsedInTwoStateMachines() {
        var one = stepFunctions.startExecution(bench.create("m", WAIT), "n", 1);
        var other = stepFunctions.startExecution(bench.create("k", WAIT), "n", 1);

        assertThat(one.arn()).isNotEqualTo(other.arn());
    }

    @Test
    void anUnknownStateMachineIsRefused() {
        assertThatThrownBy(() -> stepFunctions.startExecution(StepFunctions.stateMachineArn("gone"), "n", 1))
                .isInstanceOf(StateMachineDoesNotExistException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a:b",
                "a/b",
                "a*b",
                "a[b",
                "a\nb",
                "a\177b",
                "123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789-x"
            })
    void aNameThatStepFunctionsDoesNotTakeIsRefused(String name) {
        var arn = bench.create("m", WAIT);

        assertThatThrownBy(() -> stepFunctions.startExecution(arn, name, 1)).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void aNameOfEightyCharactersIsTaken() {
        var arn = bench.create("m", WAIT);

        assertThat(stepFunctions.startExecution(arn, "x".repeat(80), 1).isRunning())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'any': [1, null]}", "'text'", "null", "5"})
    void aTaskStartsAnExecutionWithAnyJson(String input) {
        bench.create("target", WAIT);

        var starter = start(StepFunctions.stateMachineArn("target"), "n", input);

        assertThat(starter.output())
                .isEqualTo(json("{'ExecutionArn': 'arn:aws:states:us-east-1:123456789012:execution:target:n', "
                        + "'StartDate': '2026-01-01T00:00:00.000Z'}"));
        var target = stepFunctions.executions().stream()
                .filter(execution -> execution.stateMachineName().equals("target"))
                .findAny()
                .orElseThrow();
        assertThat(target.input()).isEqualTo(json(input));
        assertThat(target.isRunning()).as("the task does not wait").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "target, n, 2, StepFunctions.ExecutionAlreadyExistsException",
        "gone, n, 1, StepFunctions.StateMachineDoesNotExistException",
        "target, a b, 1, StepFunctions.InvalidNameException"
    })
    void aTaskThatCannotStartAnExecutionFailsWithTheErrorOfTheApi(
            String target, String name, String input, String error) {
        stepFunctions.startExecution(bench.create("target", WAIT), "n", 1);

        assertThat(start(StepFunctions.stateMachineArn(target), name, input).output())
                .isEqualTo(error);
    }

    @Test
    void aTaskThatRepeatsARunningExecutionSucceeds() {
        var running = stepFunctions.startExecution(bench.create("target", WAIT), "n", 1);

        assertThat(start(StepFunctions.stateMachineArn("target"), "n", "1").output())
                .asString()
                .contains(running.arn());
    }

    private Execution start(String arn, String name, String input) {
        var starter = bench.start(STARTER, "{'arn': '" + arn + "', 'name': '" + name + "', 'input': " + input + "}");
        while (starter.isRunning()) {
            bench.time.runNext();
        }
        return starter;
    }
}
