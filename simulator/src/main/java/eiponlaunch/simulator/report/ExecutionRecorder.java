package eiponlaunch.simulator.report;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.ExecutionStatus;
import asl.execution.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns event histories into visits of states, which is what a timeline draws. */
final class ExecutionRecorder implements ExecutionListener {
    private static final String ENTERED = "StateEntered";

    private final Instant zero;
    private final int most;
    private final ValuePool values = new ValuePool();
    private final Map<StateName, Integer> states = new LinkedHashMap<>();
    private final Map<Execution, RecordedExecution> executions = new LinkedHashMap<>();
    private long leftOut;

    /**
     * @param zero the instant from which times count
     * @param most how many executions to record; later ones are only counted
     */
    ExecutionRecorder(Instant zero, int most) {
        this.zero = zero;
        this.most = most;
    }

    List<RecordedExecution> executions() {
        return List.copyOf(executions.values());
    }

    /** How many executions were not recorded. */
    long leftOut() {
        return leftOut;
    }

    List<StateName> states() {
        return List.copyOf(states.keySet());
    }

    ValuePool values() {
        return values;
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (event.type().equals("ExecutionStarted")) {
            start(execution, event);
        } else if (executions.containsKey(execution)) {
            record(execution, executions.get(execution), event);
        }
    }

    private void start(Execution execution, HistoryEvent event) {
        if (executions.size() == most) {
            leftOut++;
            return;
        }
        executions.put(
                execution,
                new RecordedExecution(
                        execution.stateMachineName(),
                        execution.name(),
                        detail(execution.input(), "EC2InstanceId"),
                        detail(execution.input(), "LifecycleActionToken"),
                        millis(event),
                        values.number(execution.input())));
    }

    private void record(Execution execution, RecordedExecution recorded, HistoryEvent event) {
        switch (event.type()) {
            case "ExecutionSucceeded" -> recorded.succeed(millis(event), value(event, "output"));
            case "ExecutionFailed" -> stop(recorded, ExecutionStatus.FAILED, event);
            case "ExecutionTimedOut" -> stop(recorded, ExecutionStatus.TIMED_OUT, event);
            case "TaskScheduled" ->
                recorded.lastVisit().schedule(RecordedAttempt.scheduled(millis(event), value(event, "parameters")));
            case "TaskStarted" -> {} // at the instant at which it was scheduled
            case "TaskSucceeded" -> {
                var attempt = recorded.lastVisit().takeAttempt(millis(event));
                recorded.lastVisit().schedule(attempt.succeeded(millis(event), value(event, "output")));
            }
            case "TaskFailed", "TaskTimedOut", "EvaluationFailed" -> {
                var attempt = recorded.lastVisit().takeAttempt(millis(event));
                recorded.lastVisit()
                        .schedule(attempt.failed(
                                millis(event), value(event, "error"), value(event, "cause"), retryDelay(event)));
            }
            default -> move(execution, recorded, event);
        }
    }

    private void move(Execution execution, RecordedExecution recorded, HistoryEvent event) {
        if (event.type().endsWith(ENTERED)) {
            var type = event.type().substring(0, event.type().length() - ENTERED.length());
            var state = new StateName(execution.stateMachineName(), event.stateName(), type);
            states.putIfAbsent(state, states.size());
            recorded.enter(new RecordedVisit(states.get(state), millis(event), value(event, "input")));
        } else if (event.type().endsWith("StateExited")) {
            recorded.lastVisit().exit(millis(event), value(event, "output"), value(event, "assignedVariables"));
        }
    }

    private void stop(RecordedExecution recorded, ExecutionStatus status, HistoryEvent event) {
        recorded.stop(status, millis(event), value(event, "error"), value(event, "cause"));
    }

    private int value(HistoryEvent event, String member) {
        return values.numberOfMember(event.details(), member);
    }

    private long millis(HistoryEvent event) {
        return Duration.between(zero, event.timestamp()).toMillis();
    }

    private static long retryDelay(HistoryEvent event) {
        return event.details() instanceof Map<?, ?> details && details.get("retryDelayMillis") instanceof Number delay
                ? delay.longValue()
                : -1;
    }

    private static String detail(Object event, String field) {
        return event instanceof Map<?, ?> fields
                        && fields.get("detail") instanceof Map<?, ?> detail
                        && detail.get(field) instanceof String text
                ? text
                : "";
    }
}
