package eiponlaunch.emulators.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import asl.execution.Evaluation;
import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.DockerEngine;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our interpreter, on which the simulation stands, does with the shipped definitions what emulators that others wrote do
 * with them, given the same task results. The cases are in {@code scripted-cases.yaml}.
 *
 * <p>Both get the definitions with short waits before retries ({@link CaseDefinitions}); LocalStack's waits are real.
 */
class InterpreterAgreementIT {
    private static final Instant NOW = Instant.now();
    private static final List<ScriptedCase> CASES = ScriptedCases.read(NOW);

    private static LocalStackRuns localstack;

    static Stream<ScriptedCase> all() {
        return CASES.stream();
    }

    static Stream<ScriptedCase> forBoth() {
        return CASES.stream().filter(scripted -> scripted.limit().isEmpty());
    }

    static Stream<ScriptedCase> thatLocalStackRunsOtherwise() {
        return CASES.stream().filter(scripted -> scripted.limit().isPresent() && scripted.canBeMocked());
    }

    @AfterAll
    static void stop() {
        if (localstack != null) {
            localstack.close();
        }
    }

    @ParameterizedTest(name = "as the table says: {0}")
    @MethodSource("all")
    void goesTheWayThatTheTableSays(ScriptedCase scripted) {
        var ours = new OurRun(scripted, NOW);

        assertThat(ours.trace().path()).as("states entered").isEqualTo(scripted.path());
        assertThat(ours.trace().end()).isEqualTo(scripted.ends());
        assertThat(ours.unfinishedScripts()).as("states with answers left").isEmpty();
    }

    @ParameterizedTest(name = "LocalStack agrees: {0}")
    @MethodSource("forBoth")
    void localStackAgrees(ScriptedCase scripted) {
        differenceFromLocalStack(scripted).ifPresent(difference -> fail(difference));
    }

    /** A limit that is gone has to leave the table. */
    @ParameterizedTest(name = "LocalStack cannot do it: {0}")
    @MethodSource("thatLocalStackRunsOtherwise")
    void localStackStillDiffersWhereTheTableSaysSo(ScriptedCase scripted) {
        assertThat(differenceFromLocalStack(scripted))
                .as(scripted.limit().orElseThrow())
                .isPresent();
    }

    @ParameterizedTest(name = "the table covers {0}")
    @ValueSource(strings = {"EipOnLaunch", "StartOnce", "EipOnTerminate", "Reconcile"})
    void tableCoversEveryStateRetryCatchErrorNameAndExpression(String machine) {
        var coverage = new Coverage(CaseDefinitions.text(machine, Map.of()));
        var parts = new TreeSet<String>();
        var expressions = new TreeSet<String>();
        all().filter(scripted -> scripted.machine().equals(machine)).forEach(scripted -> {
            var run = new OurRun(scripted, NOW);
            parts.addAll(coverage.partsOf(run));
            run.evaluations().forEach(evaluation -> expressions.add(evaluation.expression()));
        });

        assertThat(parts).containsAll(coverage.parts());
        assertThat(expressions).containsAll(coverage.expressions());
    }

    @Test
    void referenceJsonataGivesTheSameValues() throws IOException, InterruptedException {
        var evaluations = List.copyOf(all().flatMap(scripted -> new OurRun(scripted, NOW).evaluations().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new)));

        var answers = ReferenceJsonata.answers(evaluations);

        assertThat(answers).hasSameSizeAs(evaluations);
        var differences = new ArrayList<String>();
        for (int i = 0; i < answers.size(); i++) {
            if (!agree(evaluations.get(i), answers.get(i))) {
                differences.add(evaluations.get(i) + "\nreference: " + answers.get(i));
            }
        }
        assertThat(differences).as("of %d evaluations", evaluations.size()).isEmpty();
    }

    /** Every shipped expression, with every hostile value in each place that it names. */
    @Test
    void referenceJsonataGivesTheSameForHostileValues() throws IOException, InterruptedException {
        var usual = all().flatMap(scripted -> new OurRun(scripted, NOW).evaluations().stream())
                .collect(Collectors.toMap(
                        Evaluation::expression, evaluation -> evaluation, (first, other) -> first, LinkedHashMap::new));
        var evaluations = usual.values().stream()
                .flatMap(each -> HostileValues.of(each).stream())
                .toList();

        var answers = ReferenceJsonata.answers(evaluations);

        assertThat(answers).hasSameSizeAs(evaluations);
        var differences = new LinkedHashSet<String>();
        for (int i = 0; i < answers.size(); i++) {
            var ours = evaluations.get(i);
            if (!agree(ours, answers.get(i))) {
                differences.add(ours.expression() + "\n     ours: "
                        + ours.problem().orElse("") + OurRun.json(ours.value()) + "\nreference: " + answers.get(i));
            }
        }
        assertThat(differences)
                .as("%d expressions, %d values, %d evaluations", usual.size(), HostileValues.count(), answers.size())
                .isEmpty();
    }

    private static boolean agree(Evaluation ours, JsonNode reference) {
        return ours.problem().isPresent()
                ? !reference.has("value")
                : reference.has("value")
                        && OurRun.json(ours.value())
                                .equals(InterpreterAgreementIT::compareNumbers, reference.get("value"));
    }

    /** JavaScript writes whole numbers beyond 2^53 with fewer digits than Java, as many as tell the double. */
    private static int compareNumbers(JsonNode one, JsonNode other) {
        if (one.isIntegralNumber() && other.isIntegralNumber()) {
            return Double.compare(one.doubleValue(), other.doubleValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static Optional<String> differenceFromLocalStack(ScriptedCase scripted) {
        DockerEngine.assume();
        if (localstack == null) {
            localstack = new LocalStackRuns(now -> ScriptedCases.read(now).stream()
                    .filter(ScriptedCase::canBeMocked)
                    .toList());
        }
        var theirs = localstack.await(scripted.id());
        return localstack.ours(scripted.id()).trace().firstDifference(theirs);
    }
}
