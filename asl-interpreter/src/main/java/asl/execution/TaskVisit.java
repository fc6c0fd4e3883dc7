package asl.execution;

import asl.definition.ErrorNames;
import asl.definition.Task;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One visit of a Task: attempts until one succeeds or no retrier grants another, then its catchers. Errors of its own
 * expressions are errors of the task like any other.
 */
final class TaskVisit {
    private final StateVisit visit;
    private final Task task;
    private final Recovery recovery;

    TaskVisit(StateVisit visit, Task task) {
        this.visit = visit;
        this.task = task;
        this.recovery = new Recovery(visit, task.retry(), task.catchers(), this::attempt);
    }

    void attempt() {
        var scope = recovery.scope();
        Object arguments;
        Optional<Duration> timeout;
        try {
            arguments = task.arguments().isPresent() ? task.arguments().get().render(scope) : visit.input();
            visit.requireFits(arguments, "was given arguments");
            timeout = task.timeoutSeconds().map(seconds -> StateRunner.seconds("TimeoutSeconds", seconds, scope, 1));
        } catch (StateException e) {
            recovery.failed(e);
            return;
        }
        visit.record("TaskScheduled", scheduled(arguments, timeout));
        visit.record("TaskStarted", StateVisit.details("resource", task.resource()));
        var attempt = new Attempt(scope);
        // before the start, so that at the very instant of the timeout the timeout comes first
        timeout.ifPresent(time -> visit.branch().later(time, attempt::timeOut));
        visit.branch()
                .run()
                .engine()
                .integrations()
                .get(task.resource())
                .start(
                        new TaskRequest(
                                visit.branch().run().execution(), task.name(), recovery.retryCount(), arguments),
                        attempt);
    }

    private Map<String, Object> scheduled(Object arguments, Optional<Duration> timeout) {
        var details = new LinkedHashMap<String, Object>();
        details.put("resource", task.resource());
        details.put("parameters", arguments);
        timeout.ifPresent(time -> details.put("timeoutInSeconds", time.toSeconds()));
        return details;
    }

    private void succeeded(Scope scope, Object result) {
        try {
            visit.requireFits(result, "returned a result");
            visit.record("TaskSucceeded", StateVisit.details("output", result));
            visit.exit(scope.with("result", result), task.assign(), task.output(), result, task.next());
        } catch (StateException e) {
            recovery.failed(e);
        }
    }

    /** What the integration holds of one attempt. */
    private final class Attempt implements TaskCompletion {
        private final Scope scope;
        private boolean completed;
        private boolean timedOut;

        private Attempt(Scope scope) {
            this.scope = scope;
        }

        @Override
        public void succeed(Object result) {
            if (complete()) {
                succeeded(scope, result);
            }
        }

        @Override
        public void fail(String error, String cause) {
            if (complete()) {
                recovery.failed(new ErrorOutput(error, cause), "TaskFailed");
            }
        }

        private boolean complete() {
            if (completed) {
                throw new IllegalStateException("an attempt at " + task.name() + " was reported twice");
            }
            completed = true;
            if (timedOut || visit.branch().isStopped()) {
                return false;
            }
            visit.branch().cancelPending();
            return true;
        }

        private void timeOut() {
            timedOut = true;
            recovery.failed(new ErrorOutput(ErrorNames.TIMEOUT, null), "TaskTimedOut");
        }
    }
}
