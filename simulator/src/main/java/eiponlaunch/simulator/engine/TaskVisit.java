package eiponlaunch.simulator.engine;

import eiponlaunch.simulator.asl.Catcher;
import eiponlaunch.simulator.asl.ErrorNames;
import eiponlaunch.simulator.asl.Task;
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
    private final RetryCounters retries;

    TaskVisit(StateVisit visit, Task task) {
        this.visit = visit;
        this.task = task;
        this.retries = new RetryCounters(task.retry(), visit.run().random());
    }

    void attempt() {
        Object arguments;
        Optional<Duration> timeout;
        try {
            Scope scope = scope();
            arguments = task.arguments().isPresent() ? task.arguments().get().render(scope) : visit.input();
            timeout = task.timeoutSeconds().map(seconds -> StateRunner.seconds("TimeoutSeconds", seconds, scope, 1));
        } catch (EvaluationException e) {
            failed("EvaluationFailed", visit.evaluationError(e));
            return;
        }
        visit.record("TaskScheduled", scheduled(arguments, timeout));
        visit.record("TaskStarted", StateVisit.details("resource", task.resource()));
        Attempt attempt = new Attempt();
        // before the start, so that at the very instant of the timeout the timeout comes first
        timeout.ifPresent(time -> visit.run().later(time, attempt::timeOut));
        visit.run()
                .engine()
                .integrations()
                .get(task.resource())
                .start(new TaskRequest(visit.run().execution(), task.name(), retries.total(), arguments), attempt);
    }

    private Scope scope() {
        return visit.scope(retries.total());
    }

    private Map<String, Object> scheduled(Object arguments, Optional<Duration> timeout) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", task.resource());
        details.put("parameters", arguments);
        timeout.ifPresent(time -> details.put("timeoutInSeconds", time.toSeconds()));
        return details;
    }

    private void succeeded(Object result) {
        visit.record("TaskSucceeded", StateVisit.details("output", result));
        try {
            visit.exit(scope().with("result", result), task.assign(), task.output(), result, task.next());
        } catch (EvaluationException e) {
            failed("EvaluationFailed", visit.evaluationError(e));
        }
    }

    private void failed(String eventType, ErrorOutput failure) {
        int retryCount = retries.total();
        Optional<Duration> delay = retries.next(failure.error());
        Map<String, Object> details = failure.toDetails();
        delay.ifPresent(time -> details.put("retryDelayMillis", time.toMillis()));
        visit.record(eventType, details);
        if (delay.isPresent()) {
            Duration wait =
                    delay.get().plus(visit.run().engine().transitionTime().get());
            visit.run().later(wait, this::retry);
        } else {
            visit.guard(() -> handle(failure, visit.scope(retryCount)));
        }
    }

    private void retry() {
        if (visit.run().countTransition()) {
            attempt();
        }
    }

    private void handle(ErrorOutput failure, Scope scope) {
        for (Catcher catcher : task.catchers()) {
            if (ErrorNames.match(catcher.errorEquals(), failure.error())) {
                Map<String, Object> errorOutput = failure.toJson();
                visit.exit(
                        scope.with("errorOutput", errorOutput),
                        catcher.assign(),
                        catcher.output(),
                        errorOutput,
                        Optional.of(catcher.next()));
                return;
            }
        }
        visit.run().fail(failure);
    }

    /** What the integration holds of one attempt. */
    private final class Attempt implements TaskCompletion {
        private boolean completed;
        private boolean timedOut;

        @Override
        public void succeed(Object result) {
            if (complete()) {
                succeeded(result);
            }
        }

        @Override
        public void fail(String error, String cause) {
            if (complete()) {
                failed("TaskFailed", new ErrorOutput(error, cause));
            }
        }

        private boolean complete() {
            if (completed) {
                throw new IllegalStateException("an attempt at " + task.name() + " was reported twice");
            }
            completed = true;
            if (timedOut || !visit.run().execution().isRunning()) {
                return false;
            }
            visit.run().cancelPending();
            return true;
        }

        private void timeOut() {
            timedOut = true;
            failed("TaskTimedOut", new ErrorOutput(ErrorNames.TIMEOUT, null));
        }
    }
}
