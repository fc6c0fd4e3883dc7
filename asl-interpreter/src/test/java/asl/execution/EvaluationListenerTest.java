package asl.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class EvaluationListenerTest {
    private final Workbench bench = new Workbench();
    private final List<Evaluation> evaluations = new ArrayList<>();

    {
        bench.stepFunctions.addEvaluationListener(evaluations::add);
    }

    @Test
    void seesTheVariablesThatTheExpressionNamesAndItsValue() {
        bench.run(
                "'A': {'Type': 'Pass', 'Assign': {'n': null, 'other': 1}, 'Next': 'B'},"
                        + "'B': {'Type': 'Pass', 'Output': '{% [$n, $states.input.x] %}', 'End': true}",
                "{'x': 2}");

        assertThat(evaluations).singleElement().satisfies(evaluation -> {
            assertThat(evaluation.expression()).isEqualTo("[$n, $states.input.x]");
            assertThat(evaluation.variables()).containsOnlyKeys("n", "states").containsEntry("n", null);
            assertThat(evaluation.variables().get("states"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("input", Map.of("x", 2));
            assertThat(evaluation.value())
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .containsExactly(null, 2);
            assertThat(evaluation.problem()).isEmpty();
        });
    }

    @Test
    void seesWhatTheClockAndTheDiceSaid() {
        var execution = bench.run(
                "'A': {'Type': 'Pass', 'Output': '{% [$random(), $millis(), $random()] %}', 'End': true}", "{}");

        var output = (List<?>) execution.output();
        assertThat(evaluations)
                .singleElement()
                .extracting(Evaluation::chances)
                .isEqualTo(Map.of(
                        "random",
                        List.of(output.get(0), output.get(2)),
                        "millis",
                        List.of(Workbench.START.toEpochMilli())));
    }

    @Test
    void seesWhyThereIsNoValue() {
        bench.run("'A': {'Type': 'Pass', 'Output': '{% $states.input.nothing %}', 'End': true}", "{}");

        assertThat(evaluations)
                .singleElement()
                .satisfies(evaluation ->
                        assertThat(evaluation.problem().orElseThrow()).contains("returned nothing"));
    }
}
