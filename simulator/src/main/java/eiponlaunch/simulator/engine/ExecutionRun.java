package eiponlaunch.simulator.engine;

import eiponlaunch.simulator.asl.ErrorNames;
import eiponlaunch.simulator.asl.State;
import eiponlaunch.simulator.time.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Takes one execution from state to state until it stops. It has one thing to wait for at any time. */
final class ExecutionRun {
    /**
     * A Standard execution fails rather than have a longer history.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions quotas</a>
     */
    static final int LONGEST_HISTORY = 25_000;

    /** No state adds more events than this in one go; the last one is kept for ExecutionFailed. */
    private static final int EVENTS_OF_A_STEP = 6;

    private final Engine engine;
    private final Execution execution;
    private final Variables variables = new Variables();
    private final Random random;
    private final Builtins builtins;
    private final ContextObject context;
    private VirtualTime.Timer pending;
    private VirtualTime.Timer deadline;

    ExecutionRun(Engine engine, Execution execution, Random random) {
        this.engine = engine;
        this.execution = execution;
        this.random = random;
        this.builtins = new Builtins(engine.time(), random);
        this.context = new ContextObject(execution);
    }

    void start() {
        record("ExecutionStarted", null, () -> StateVisit.details("input", execution.input()));
        var definition = execution.machine().definition();
        definition.timeout().ifPresent(timeout -> deadline = engine.time().after(timeout, this::timeOut));
        proceed(Optional.of(definition.startAt()), execution.input());
    }

    Execution execution() {
        return execution;
    }

    Engine engine() {
        return engine;
    }

    Variables variables() {
        return variables;
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

    /** Goes to the next state, after the time that a transition takes; without a next state the execution succeeds. */
    void proceed(Optional<String> next, Object output) {
        if (next.isPresent()) {
            State state = execution.machine().definition().states().get(next.get());
            later(engine.transitionTime().get(), () -> enter(state, output));
        } else {
            succeed(output);
        }
    }

    private void enter(State state, Object input) {
        if (countTransition()) {
            StateVisit visit = new StateVisit(this, state, input);
            visit.guard(() -> state.accept(new StateRunner(visit)));
        }
    }

    /** False when there is no room in the history for one more step: then the execution has failed. */
    boolean countTransition() {
        execution.countStateTransition();
        boolean room = execution.historyEvents() + EVENTS_OF_A_STEP < LONGEST_HISTORY;
        if (!room) {
            String cause = "The execution reached the maximum number of history events (" + LONGEST_HISTORY + ").";
            fail(new ErrorOutput(ErrorNames.RUNTIME, cause));
        }
        return room;
    }

    /** Schedules the one thing that this execution waits for, in place of the one before. */
    void later(Duration delay, Runnable action) {
        cancelPending();
        pending = engine.time().after(delay, action);
    }

    void cancelPending() {
        if (pending != null) {
            pending.cancel();
        }
    }

    /** An execution has stopped before its last event is seen, so that observers can ask it how it ended. */
    void succeed(Object output) {
        stopWaiting();
        execution.succeed(output, engine.time().now());
        record("ExecutionSucceeded", null, () -> StateVisit.details("output", output));
    }

    void fail(ErrorOutput failure) {
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
        cancelPending();
        if (deadline != null) {
            deadline.cancel();
        }
    }

    /** The id of the event. The details are made only for observers. */
    long record(String type, String stateName, Supplier<Map<String, Object>> details) {
        long id = execution.nextHistoryEvent();
        if (!engine.observers().isEmpty()) {
            var event = new HistoryEvent(id, engine.time().now(), type, stateName, details.get());
            engine.observers().forEach(observer -> observer.onEvent(execution, event));
        }
        return id;
    }
}
