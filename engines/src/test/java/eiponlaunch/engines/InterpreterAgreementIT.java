package eiponlaunch.engines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.simulator.engine.Evaluation;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our interpreter, on which the simulation stands, does what engines that others wrote do with the shipped definitions
 * and the same task results. The cases are in {@code scripted-cases.yaml}.
 */
class InterpreterAgreementIT {
    private static final Instant NOW = Instant.now();
    private static final List<ScriptedCase> CASES = ScriptedCases.read(NOW);

    private static LocalStackRuns localstack;

    static Stream<ScriptedCase> all() {
        return CASES.stream();
    }

    static Stream<ScriptedCase> onLocalStack() {
        return onLocalStack(CASES);
    }

    private static Stream<ScriptedCase> onLocalStack(List<ScriptedCase> cases) {
        return cases.stream().filter(scripted -> scripted.limit().isEmpty());
    }

    @AfterAll
    static void stop() {
        if (localstack != null) {
            localstack.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void goesTheWayThatTheTableSays(ScriptedCase scripted) {
        var ours = new OurRun(scripted, NOW);

        assertThat(ours.trace().path()).as("states entered").isEqualTo(scripted.path());
        assertThat(ours.trace().end()).isEqualTo(scripted.ends());
        assertThat(ours.unfinishedScripts()).as("states with answers left").isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("onLocalStack")
    void localStackAgrees(ScriptedCase scripted) {
        DockerEngine.assume();
        if (localstack == null) {
            localstack = new LocalStackRuns(
                    now -> onLocalStack(ScriptedCases.read(now)).toList());
        }

        var theirs = localstack.await(scripted.id());
        var ours = new OurRun(localstack.scripted(scripted.id()), localstack.started());

        assertThat(ours.trace().firstDifference("our interpreter", theirs, "LocalStack"))
                .as(String.join("\n", theirs.lines()))
                .isEmpty();
    }

    @Test
    void referenceJsonataGivesTheSameValues() throws IOException, InterruptedException {
        var evaluations = new ArrayList<>(new LinkedHashSet<>(CASES.stream()
                .flatMap(scripted -> new OurRun(scripted, NOW).evaluations().stream())
                .toList()));

        var answers = ReferenceJsonata.answers(evaluations);

        assertThat(answers).hasSameSizeAs(evaluations);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            if (!agree(evaluations.get(i), answers.get(i))) {
                differences.add(evaluations.get(i) + "\n  reference: " + answers.get(i));
            }
        }
        assertThat(differences).as("of %d evaluations", evaluations.size()).isEmpty();
        System.out.printf("JSONata: %d evaluations, all as the reference has them%n", evaluations.size());
    }

    private static boolean agree(Evaluation ours, JsonNode reference) {
        return ours.problem().isPresent()
                ? !reference.has("value")
                : Events.json(Events.JSON.valueToTree(ours.value()).toString()).equals(reference.get("value"));
    }
}
