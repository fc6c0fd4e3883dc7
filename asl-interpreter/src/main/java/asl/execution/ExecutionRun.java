package asl.execution;

import asl.definition.ErrorNames;
import asl.time.VirtualTime;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Runs one execution from its first state until it stops, and keeps its history. */
final class ExecutionRun {
    /** No state adds more events than this in one go; the last one is kept for ExecutionFailed. */
    private static final int EVENTS_OF_A_STEP = 6;

    private final Engine engine;
    private final Execution execution;
    private final Random random;
    private final Builtins builtins;
    private final ContextObject context;
    private final Branch branch;
    private int reservedEvents;
    private VirtualTime.Timer deadline;

    ExecutionRun(Engine engine, Execution execution, Random random) {
        this.engine = engine;
        this.execution = execution;
        this.random = random;
        this.builtins = new Builtins(engine.time(), random);
        this.context = new ContextObject(execution);
        this.branch = new Branch(
                this, execution.machine().definition().states(), new Variables(), Optional.empty(), new Branch.End() {
                    @Override
                    public void succeeded(Object output) {
                        succeed(output);
                    }

                    @Override
                    public void failed(ErrorOutput failure) {
                        fail(failure);
                    }
                });
    }

    void start() {
        record("ExecutionStarted", null, () -> StateVisit.details("input", execution.input()));
        var definition = execution.machine().definition();
        definition.timeout().ifPresent(timeout -> deadline = engine.time().after(timeout, this::timeOut));
        branch.proceed(Optional.of(definition.startAt()), execution.input());
    }

    Execution execution() {
        return execution;
    }

    Engine engine() {
        return engine;
    }

    Random random() {
        return random;
    }

    Builtins builtins() {
        return builtins;
    }

    ContextObject context() {
        return context;
    }

    /** Counts a state entered or a retry; false when the history has no room for it. */
    boolean countTransition() {
        execution.countStateTransition();
        return hasRoom();
    }

    /** False when there is no room in the history for one more step: then the execution has failed. */
    boolean hasRoom() {
        var room = execution.historyEvents() + reservedEvents + EVENTS_OF_A_STEP < Quotas.HISTORY_EVENTS;
        if (!room) {
            var cause = "The execution reached the maximum number of history events (" + Quotas.HISTORY_EVENTS + ").";
            fail(new ErrorOutput(ErrorNames.RUNTIME, cause));
        }
        return room;
    }

    /** Keeps room for the event that ends an iteration of a Map, as many may end in one go. */
    void reserveEvent() {
        reservedEvents++;
    }

    void releaseEvent() {
        reservedEvents--;
    }

    /** An execution has stopped before its last event is seen, so that listeners can ask it how it ended. */
    private void succeed(Object output) {
        stopWaiting();
        execution.succeed(output, engine.time().now());
        record("ExecutionSucceeded", null, () -> StateVisit.details("output", output));
    }

    private void fail(ErrorOutput whole) {
        var failure = whole.cut();
        stopWaiting();
        execution.fail(failure.error(), failure.cause(), engine.time().now());
        record("ExecutionFailed", null, failure::toDetails);
    }

    private void timeOut() {
        stopWaiting();
        execution.timeOut(engine.time().now());
        record("ExecutionTimedOut", null, () -> StateVisit.details("error", ErrorNames.TIMEOUT));
    }

    private void stopWaiting() {
        branch.stop();
        if (deadline != null) {
            deadline.cancel();
        }
    }

    /** The id of the event. The details are made only for listeners. */
    long record(String type, String stateName, Supplier<Map<String, Object>> details) {
        long id = execution.nextHistoryEvent();
        if (!engine.listeners().isEmpty()) {
            var event = new HistoryEvent(id, engine.time().now(), type, stateName, details.get());
            for (var listener : engine.listeners()) {
                listener.onEvent(execution, event);
            }
        }
        return id;
    }
}
