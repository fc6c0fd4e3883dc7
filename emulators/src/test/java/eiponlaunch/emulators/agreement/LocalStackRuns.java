package eiponlaunch.emulators.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.DockerEngine;
import eiponlaunch.emulators.Events;
import eiponlaunch.emulators.Executions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.images.builder.Transferable;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Scripted cases on LocalStack, which reads the mock configuration of AWS Step Functions Local. All executions are
 * started at once: their waits are real.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/sfn-local-mock-cfg-file.html">Mock configuration
 *     file for Step Functions Local</a>
 */
final class LocalStackRuns implements AutoCloseable {
    private static final String MOCKS = "/tmp/mocks.json";

    private final LocalStackContainer localstack =
            DockerEngine.localstack("stepfunctions,sts,iam").withEnv("SFN_MOCK_CONFIG", MOCKS);
    private final Instant started;
    private final Map<String, ScriptedCase> cases = new LinkedHashMap<>();
    private final Map<String, String> machines = new HashMap<>();
    private final Map<String, String> executionArns = new HashMap<>();
    private final Executions executions;

    /** The times of the cases count from when LocalStack has their state machines. */
    LocalStackRuns(Function<Instant, List<ScriptedCase>> casesAt) {
        localstack.start();
        executions = new Executions(localstack.getEndpoint());
        var earlier = casesAt.apply(Instant.now());
        earlier.forEach(this::createMachine);
        started = Instant.now();
        // those with times first: the others would keep LocalStack busy until the times have passed
        casesAt.apply(started).stream()
                .sorted(Comparator.comparing(earlier::contains))
                .forEach(scripted -> cases.put(scripted.id(), scripted));
        localstack.copyFileToContainer(Transferable.of(mocks().toString(), 0644), MOCKS);
        cases.values().forEach(this::start);
    }

    private void createMachine(ScriptedCase scripted) {
        machines.computeIfAbsent(scripted.definition(), definition -> {
            var name = scripted.machine() + "-" + machines.size();
            executions
                    .sfn()
                    .createStateMachine(request ->
                            request.name(name).definition(definition).roleArn("arn:aws:iam::000000000000:role/any"));
            return name;
        });
    }

    private void start(ScriptedCase scripted) {
        var arn = "arn:aws:states:us-east-1:000000000000:stateMachine:" + machines.get(scripted.definition());
        var input = Events.JSON.valueToTree(scripted.input()).toString();
        executionArns.put(
                scripted.id(),
                executions
                        .sfn()
                        .startExecution(request -> request.stateMachineArn(arn + "#" + scripted.id())
                                .name(scripted.id())
                                .input(input))
                        .executionArn());
    }

    private JsonNode mocks() {
        var stateMachines = new LinkedHashMap<String, Map<String, Map<String, Map<String, String>>>>();
        var responses = new LinkedHashMap<String, Map<String, Object>>();
        for (var scripted : cases.values()) {
            var states = new LinkedHashMap<String, String>();
            scripted.tasks().forEach((state, answers) -> {
                var numbered = new LinkedHashMap<String, Object>();
                for (var answer : answers) {
                    numbered.put(String.valueOf(numbered.size()), response(answer));
                }
                states.put(state, scripted.id() + "-" + state);
                responses.put(scripted.id() + "-" + state, numbered);
            });
            stateMachines
                    .computeIfAbsent(machines.get(scripted.definition()), name -> Map.of("TestCases", new HashMap<>()))
                    .get("TestCases")
                    .put(scripted.id(), states);
        }
        return Events.JSON.valueToTree(Map.of("StateMachines", stateMachines, "MockedResponses", responses));
    }

    private static Map<String, Object> response(ScriptedAnswer answer) {
        return answer.error() == null
                ? Map.of("Return", answer.result())
                : Map.of("Throw", Map.of("Error", answer.error(), "Cause", answer.cause()));
    }

    /** The same case, with the same times, on our interpreter. */
    OurRun ours(String id) {
        return new OurRun(cases.get(id), started);
    }

    Trace await(String id) {
        var arn = executionArns.get(id);
        var ended = executions.await(arn);
        var trace = new Trace();
        executions.history(arn).forEach(event -> add(event, trace));
        if (ended.status() == ExecutionStatus.SUCCEEDED) {
            trace.succeeds(ended.output());
        } else {
            trace.fails(ended.status().toString(), ended.error(), ended.cause());
        }
        return trace;
    }

    private static void add(HistoryEvent event, Trace trace) {
        if (event.stateEnteredEventDetails() != null) {
            trace.entered(event.stateEnteredEventDetails().name());
        } else if (event.stateExitedEventDetails() != null) {
            var exited = event.stateExitedEventDetails();
            var assigned = new TreeMap<String, JsonNode>();
            exited.assignedVariables().forEach((name, value) -> assigned.put(name, Events.json(value)));
            trace.leaves(Events.json(exited.output()), assigned);
        } else if (event.taskScheduledEventDetails() != null) {
            trace.attempts(Events.json(event.taskScheduledEventDetails().parameters()));
        } else if (event.taskFailedEventDetails() != null) {
            trace.attemptFails(
                    event.taskFailedEventDetails().error(),
                    event.taskFailedEventDetails().cause());
        } else if (event.evaluationFailedEventDetails() != null) {
            trace.attemptFails(
                    event.evaluationFailedEventDetails().error(),
                    event.evaluationFailedEventDetails().cause());
        }
    }

    @Override
    public void close() {
        localstack.stop();
    }
}
