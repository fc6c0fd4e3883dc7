package asl.testing;

import static asl.testing.TaskBehaviour.fails;
import static asl.testing.TaskBehaviour.succeeds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestYourOwnStateMachineTest {
    private static final String DEFINITION = """
            {"QueryLanguage": "JSONata", "StartAt": "Charge", "States": {
              "Charge": {
                "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Charged",
                "Arguments": {"FunctionName": "Charge", "Payload": "{% $states.input %}"},
                "Output": "{% $states.result.Payload %}",
                "Retry": [{"ErrorEquals": ["BankIsBusy"], "IntervalSeconds": 30, "MaxAttempts": 2}],
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "NotCharged"}]},
              "Charged": {"Type": "Succeed"},
              "NotCharged": {"Type": "Fail", "Error": "NotCharged"}}}""";

    private final StateMachineTester machine = StateMachineTester.of(DEFINITION);

    @Test
    void aBusyBankIsAskedOnceMoreAfterHalfAMinute() {
        machine.task("Charge", fails("BankIsBusy"), succeeds(Map.of("Payload", Map.of("receipt", 7))));

        var execution = machine.run(Map.of("order", 1));

        assertThat(execution.states()).containsExactly("Charge", "Charged");
        assertThat(execution.output()).isEqualTo(Map.of("receipt", 7));
        assertThat(execution.took()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aBankThatStaysBusyEndsTheOrder() {
        machine.task("Charge", fails("BankIsBusy"));

        assertThat(machine.run(Map.of("order", 1)).error()).isEqualTo("NotCharged");
    }
}
