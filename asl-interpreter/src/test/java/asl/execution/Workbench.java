package asl.execution;

import asl.definition.Definition;
import asl.time.Seed;
import asl.time.VirtualTime;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Runs small definitions, written with ' for ", whose tasks of resource "work" do what a test lays down in advance. */
final class Workbench {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final VirtualTime time = new VirtualTime(START);
    final List<TaskRequest> requests = new ArrayList<>();
    final List<Duration> requestTimes = new ArrayList<>();
    final List<HistoryEvent> events = new ArrayList<>();
    final StepFunctions stepFunctions;
    private final Deque<Consumer<TaskCompletion>> script = new ArrayDeque<>();
    private Consumer<TaskCompletion> always;

    Workbench() {
        this(1);
    }

    Workbench(long seed) {
        this(seed, Duration.ZERO);
    }

    Workbench(long seed, Duration transitionTime) {
        stepFunctions = new StepFunctions(time, new Seed(seed), () -> transitionTime, Map.of("work", this::work));
        stepFunctions.addListener((execution, event) -> events.add(event));
    }

    private void work(TaskRequest request, TaskCompletion completion) {
        requests.add(request);
        requestTimes.add(Duration.between(START, time.now()));
        (script.isEmpty() ? always : script.remove()).accept(completion);
    }

    /** The next attempt does this. */
    Workbench then(Consumer<TaskCompletion> behaviour) {
        script.add(behaviour);
        return this;
    }

    Workbench thenSucceed(String result) {
        return then(completion -> completion.succeed(json(result)));
    }

    Workbench thenFail(String error) {
        return then(completion -> completion.fail(error, "cause of " + error));
    }

    /** The next attempt reports after a delay. */
    Workbench thenAfter(Duration delay, Consumer<TaskCompletion> report) {
        return then(completion -> time.after(delay, () -> report.accept(completion)));
    }

    /** Every attempt does this that nothing else was laid down for. */
    Workbench always(BiConsumer<TaskCompletion, VirtualTime> behaviour) {
        always = completion -> behaviour.accept(completion, time);
        return this;
    }

    /** Runs one execution, named "e", of a machine "m" with these states, from the first to the end. */
    Execution run(String states, String input) {
        var execution = start(states, input);
        time.runUntilIdle();
        return execution;
    }

    Execution start(String states, String input) {
        return stepFunctions.startExecution(create("m", states), "e", json(input));
    }

    /** The first state is the one to start at; further fields of the definition may come after two semicolons. */
    String create(String name, String states) {
        var parts = states.split(";;");
        var first = states.substring(states.indexOf('\'') + 1, states.indexOf('\'', states.indexOf('\'') + 1));
        var more = parts.length > 1 ? ", " + parts[1] : "";
        var definition = "{'QueryLanguage': 'JSONata', 'StartAt': '" + first + "', 'States': {" + parts[0] + "}" + more;
        return stepFunctions.createStateMachine(name, Definition.parse(quoted(definition + "}")));
    }

    List<String> eventTypes() {
        return events.stream().map(HistoryEvent::type).toList();
    }

    /** How long after the start each attempt began. */
    List<Long> requestMillis() {
        return requestTimes.stream().map(Duration::toMillis).toList();
    }

    static Object json(String text) {
        try {
            return new JsonMapper().readValue(quoted(text), Object.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        return text.replace('\'', '"').replace('`', '\'');
    }
}
