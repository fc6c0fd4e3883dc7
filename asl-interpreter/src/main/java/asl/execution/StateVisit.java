package asl.execution;

import asl.definition.State;
import asl.definition.Template;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One visit of a state by a branch: its input, what its expressions see, and how it is left. */
final class StateVisit {
    private final Branch branch;
    private final State state;
    private final Object input;
    private final Object inputToExpressions;
    private final Instant entered;
    private final long enteredEvent;

    StateVisit(Branch branch, State state, Object input) {
        this.branch = branch;
        this.state = state;
        this.input = input;
        this.inputToExpressions = JsonataValues.in(input);
        this.entered = branch.run().engine().time().now();
        this.enteredEvent = record(state.type() + "StateEntered", details("input", input));
    }

    Branch branch() {
        return branch;
    }

    Object input() {
        return input;
    }

    Scope scope() {
        return scope(0);
    }

    Scope scope(int retryCount) {
        return scope(retryCount, branch.item());
    }

    Scope scope(int retryCount, Optional<MapItem> item) {
        var states = new LinkedHashMap<String, Object>();
        states.put("input", inputToExpressions);
        states.put("context", branch.run().context().in(state.name(), entered, retryCount, item));
        return new Scope(
                branch.variables(),
                branch.run().builtins(),
                states,
                branch.run().engine().evaluationListeners());
    }

    /** Leaves the state; when an expression fails, nothing has been assigned and the state has not been left. */
    void exit(
            Scope scope,
            Map<String, Template> assign,
            Optional<Template> output,
            Object outputWhenNone,
            Optional<String> next) {
        var values = scope.values(assign);
        Object result = output.isPresent() ? output.get().render(scope) : outputWhenNone;
        if (result != input) {
            requireFits(result, "returned a result");
        }
        requireFits(values, "assigned variables");
        branch.variables().assign(values);
        branch.run().record(state.type() + "StateExited", state.name(), () -> {
            var details = details("output", result);
            if (!values.isEmpty()) {
                details.put("assignedVariables", values);
            }
            return details;
        });
        branch.proceed(next, result);
    }

    /** Runs a step of a state that cannot catch errors: an expression that fails ends its branch. */
    void guard(Runnable step) {
        try {
            step.run();
        } catch (StateException e) {
            var failure = failure(e);
            failureEvent(e).ifPresent(type -> record(type, failure.toDetails()));
            branch.fail(failure);
        }
    }

    ErrorOutput failure(StateException e) {
        return new ErrorOutput(e.error(), e instanceof DataLimitException ? e.getMessage() : cause(e.getMessage()));
    }

    /** An expression's failure has an event of its own. A value that is too large fails the task, if it is one. */
    Optional<String> failureEvent(StateException e) {
        if (e instanceof EvaluationException) {
            return Optional.of("EvaluationFailed");
        }
        return state.type().equals("Task") ? Optional.of("TaskFailed") : Optional.empty();
    }

    /** Refuses a value that is larger than Step Functions carries. */
    void requireFits(Object json, String what) {
        if (!Quotas.fits(json)) {
            throw DataLimitException.of(state.name(), what);
        }
    }

    String cause(String problem) {
        return "An error occurred while executing the state '" + state.name() + "' (entered at the event id #"
                + enteredEvent + "). " + problem;
    }

    long record(String type, Map<String, Object> details) {
        return branch.run().record(type, state.name(), () -> details);
    }

    static Map<String, Object> details(String field, Object value) {
        var details = new LinkedHashMap<String, Object>();
        details.put(field, value);
        return details;
    }
}
