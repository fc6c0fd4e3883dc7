package asl.testing;

import asl.execution.Execution;
import asl.execution.ExecutionStatus;
import asl.execution.HistoryEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How an execution went.
 *
 * @param execution as DescribeExecution shows it
 * @param history its events, as GetExecutionHistory lists them
 */
public record TestedExecution(Execution execution, List<HistoryEvent> history) {
    /** RUNNING when it waits for a task that never reports. */
    public ExecutionStatus status() {
        return execution.status();
    }

    /** What it gave, or null when it did not succeed. */
    public Object output() {
        return execution.output();
    }

    /** The error that it failed with, or null. */
    public String error() {
        return execution.error().orElse(null);
    }

    /** The states in the order in which they were entered. */
    public List<String> states() {
        return history.stream()
                .filter(event -> event.type().endsWith("StateEntered"))
                .map(HistoryEvent::stateName)
                .toList();
    }

    /** The evaluated Arguments of each attempt at a task. */
    public List<Object> argumentsOf(String task) {
        return history.stream()
                .filter(event -> event.type().equals("TaskScheduled")
                        && event.stateName().equals(task))
                .<Object>map(event -> ((Map<?, ?>) event.details()).get("parameters"))
                .toList();
    }

    /** From its start to its last event, in virtual time. */
    public Duration took() {
        return Duration.between(execution.start(), last());
    }

    private Instant last() {
        return history.get(history.size() - 1).timestamp();
    }
}
