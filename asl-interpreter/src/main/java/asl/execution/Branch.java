package asl.execution;

import asl.definition.State;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Goes from state to state until it ends: the states of a definition, or those of a Map for one item. It has one thing to
 * wait for at any time.
 */
final class Branch {
    /** What becomes of the branch's end. */
    interface End {
        void succeeded(Object output);

        void failed(ErrorOutput failure);
    }

    private final ExecutionRun run;
    private final Map<String, State> states;
    private final Variables variables;
    private final Optional<MapItem> item;
    private final End end;
    private Runnable cancelPending = () -> {};
    private boolean stopped;

    Branch(ExecutionRun run, Map<String, State> states, Variables variables, Optional<MapItem> item, End end) {
        this.run = run;
        this.states = states;
        this.variables = variables;
        this.item = item;
        this.end = end;
    }

    ExecutionRun run() {
        return run;
    }

    Variables variables() {
        return variables;
    }

    /** The item that it runs for, if it is of a Map. */
    Optional<MapItem> item() {
        return item;
    }

    /** Goes to the next state, after the time that a transition takes; without a next state the branch succeeds. */
    void proceed(Optional<String> next, Object output) {
        if (next.isPresent()) {
            var state = states.get(next.get());
            later(run.engine().transitionTime().get(), () -> enter(state, output));
        } else {
            stop();
            end.succeeded(output);
        }
    }

    private void enter(State state, Object input) {
        if (run.countTransition()) {
            var visit = new StateVisit(this, state, input);
            visit.guard(() -> state.accept(new StateRunner(visit)));
        }
    }

    /** Schedules the one thing that this branch waits for, in place of the one before. */
    void later(Duration delay, Runnable action) {
        cancelPending();
        var timer = run.engine().time().after(delay, action);
        cancelPending = timer::cancel;
    }

    /** Waits for something else than a time, which knows how to be cancelled. */
    void await(Runnable cancel) {
        cancelPending();
        cancelPending = cancel;
    }

    void cancelPending() {
        cancelPending.run();
        cancelPending = () -> {};
    }

    boolean isStopped() {
        return stopped;
    }

    /** Ends it where it is, without telling anybody. */
    void stop() {
        stopped = true;
        cancelPending();
    }

    void fail(ErrorOutput failure) {
        stop();
        end.failed(failure);
    }
}
