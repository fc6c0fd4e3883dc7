package asl.testing;

import static java.util.Objects.requireNonNull;

import asl.definition.Definition;
import asl.definition.Substitutions;
import asl.definition.Task;
import asl.execution.HistoryEvent;
import asl.execution.StepFunctions;
import asl.execution.TaskCompletion;
import asl.execution.TaskIntegration;
import asl.execution.TaskRequest;
import asl.time.Seed;
import asl.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one state machine in a test. Its tasks answer as the test says, and no wait takes real time. Every execution
 * starts at the same instant with the same seed, so a test that passes once always passes.
 */
public final class StateMachineTester {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Definition definition;
    private final Map<String, List<TaskBehaviour>> scripts = new HashMap<>();
    private Seed seed = new Seed(1);

    private StateMachineTester(Definition definition) {
        this.definition = definition;
    }

    /** @throws asl.definition.DefinitionException when the definition is wrong, or has what does not run here */
    public static StateMachineTester of(String definition) {
        return new StateMachineTester(Definition.parse(definition));
    }

    /**
     * As above, for a text with references such as {@code ${TableName}}.
     *
     * @param substitutions what replaces each of them
     */
    public static StateMachineTester of(String definition, Map<String, String> substitutions) {
        return of(Substitutions.apply(definition, substitutions));
    }

    /**
     * What the attempts at a task do: the first behaviour is for the first attempt, and so on; the last one is for all
     * further attempts.
     *
     * @throws IllegalArgumentException when no task has this name, or nothing is said
     */
    public StateMachineTester task(String name, TaskBehaviour... attempts) {
        if (definition.allStates().stream()
                .noneMatch(state -> state instanceof Task && state.name().equals(name))) {
            throw new IllegalArgumentException("the definition has no task " + name);
        }
        if (attempts.length == 0) {
            throw new IllegalArgumentException("task " + name + ": say what it does");
        }
        scripts.put(name, List.of(attempts));
        return this;
    }

    /** Another seed for jitter, {@code $random()} and {@code $uuid()}. */
    public StateMachineTester seed(long value) {
        seed = new Seed(value);
        return this;
    }

    /** Runs an execution from its first state until nothing is left to happen. */
    public TestedExecution run(Object input) {
        var time = new VirtualTime(START);
        var history = new ArrayList<HistoryEvent>();
        var integrations = new HashMap<String, TaskIntegration>();
        var attempts = new HashMap<String, Integer>();
        TaskIntegration scripted = (request, completion) -> {
            var attempt = attempts.merge(request.stateName(), 1, Integer::sum);
            attempt(request, attempt, completion, time);
        };
        definition.allStates().stream()
                .filter(Task.class::isInstance)
                .forEach(task -> integrations.put(((Task) task).resource(), scripted));
        var stepFunctions = new StepFunctions(time, seed, () -> Duration.ZERO, integrations);
        stepFunctions.addListener((execution, event) -> history.add(event));
        var machine = stepFunctions.createStateMachine("tested", definition);
        var execution = stepFunctions.startExecution(machine, "test", requireNonNull(input, "input is null"));
        time.runUntilIdle();
        return new TestedExecution(execution, List.copyOf(history));
    }

    private void attempt(TaskRequest request, int attempt, TaskCompletion completion, VirtualTime time) {
        var script = scripts.get(request.stateName());
        if (script == null) {
            throw new IllegalStateException("task " + request.stateName() + " has no behaviour: call task(\""
                    + request.stateName() + "\", …) before run");
        }
        script.get(Math.min(attempt, script.size()) - 1).attempt(request.arguments(), completion, time);
    }
}
