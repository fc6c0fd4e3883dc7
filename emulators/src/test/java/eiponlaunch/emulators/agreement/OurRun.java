package eiponlaunch.emulators.agreement;

import asl.definition.Definition;
import asl.execution.Evaluation;
import asl.execution.HistoryEvent;
import asl.execution.StartExecutionIntegration;
import asl.execution.StepFunctions;
import asl.execution.TaskCompletion;
import asl.execution.TaskIntegration;
import asl.execution.TaskRequest;
import asl.time.Seed;
import asl.time.VirtualTime;
import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.Events;
import eiponlaunch.simulator.world.stepfunctions.ListExecutionsIntegration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A scripted case on our interpreter. */
final class OurRun {
    private static final Seed SEED = new Seed(1);
    private static final Duration TRANSITION = Duration.ofMillis(20);

    private final Trace trace = new Trace();
    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Map<String, Iterator<ScriptedAnswer>> scripts = new HashMap<>();

    /** An attempt at a Task that failed, and whether a retrier granted another one. */
    record Failure(String state, String error, boolean retried) {}

    OurRun(ScriptedCase scripted, Instant start) {
        scripted.tasks().forEach((state, answers) -> scripts.put(state, answers.iterator()));
        var time = new VirtualTime(start);
        TaskIntegration player = this::play;
        var stepFunctions = new StepFunctions(
                time,
                SEED,
                () -> TRANSITION,
                Map.of(
                        "arn:aws:states:::lambda:invoke",
                        player,
                        StartExecutionIntegration.RESOURCE,
                        player,
                        ListExecutionsIntegration.RESOURCE,
                        player));
        stepFunctions.addListener((execution, event) -> add(event));
        stepFunctions.addEvaluationListener(evaluations::add);
        var machine = stepFunctions.createStateMachine("scripted", Definition.parse(scripted.definition()));
        var execution = stepFunctions.startExecution(machine, scripted.id(), scripted.input());
        time.runUntilIdle();
        if (execution.output() != null) {
            trace.succeeds(json(execution.output()));
        } else {
            trace.fails(
                    execution.status().name(),
                    execution.error().orElse(null),
                    execution.cause().orElse(null));
        }
    }

    Trace trace() {
        return trace;
    }

    List<Evaluation> evaluations() {
        return evaluations;
    }

    List<Failure> failures() {
        return failures;
    }

    /** The states whose scripts have answers left: a sign that the case does not do what it was written for. */
    List<String> unfinishedScripts() {
        return scripts.entrySet().stream()
                .filter(script -> script.getValue().hasNext())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void play(TaskRequest request, TaskCompletion completion) {
        var script = scripts.get(request.stateName());
        if (script == null || !script.hasNext()) {
            completion.fail("NothingScripted", "one attempt more than the case has answers");
            return;
        }
        var answer = script.next();
        if (answer.error() != null) {
            completion.fail(answer.error(), answer.cause());
        } else if (answer.result() != null) {
            completion.succeed(answer.result());
        }
    }

    private void add(HistoryEvent event) {
        var details = event.details() instanceof Map<?, ?> map ? map : Map.of();
        switch (event.type()) {
            case "TaskScheduled" -> trace.attempts(json(details.get("parameters")));
            case "TaskFailed", "TaskTimedOut", "EvaluationFailed" -> {
                var error = (String) details.get("error");
                trace.attemptFails(error, (String) details.get("cause"));
                failures.add(new Failure(event.stateName(), error, details.containsKey("retryDelayMillis")));
            }
            default -> {
                if (event.type().endsWith("StateEntered")) {
                    trace.entered(event.stateName());
                } else if (event.type().endsWith("StateExited")) {
                    var assigned = new TreeMap<String, JsonNode>();
                    if (details.get("assignedVariables") instanceof Map<?, ?> variables) {
                        variables.forEach((name, value) -> assigned.put((String) name, json(value)));
                    }
                    trace.leaves(json(details.get("output")), assigned);
                }
            }
        }
    }

    /** As text and back, so that numbers are of the kind that an engine's answer has. */
    static JsonNode json(Object value) {
        return Events.json(Events.JSON.valueToTree(value).toString());
    }
}
