package asl.execution;

import java.time.Instant;
import java.util.Optional;

/**
 * One execution of a state machine, as DescribeExecution shows it. It has an output, or an error and a cause, only once
 * it has stopped. One that timed out has none of them, as on AWS.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html">
 *     DescribeExecution</a>
 */
public final class Execution {
    private final StateMachine machine;
    private final String name;
    private final Object input;
    private final Instant start;
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private Object output;
    private String error;
    private String cause;
    private Instant stop;
    private int stateTransitions;
    private long historyEvents;

    Execution(StateMachine machine, String name, Object input, Instant start) {
        this.machine = machine;
        this.name = name;
        this.input = input;
        this.start = start;
    }

    public String arn() {
        return machine.executionArn(name);
    }

    public String name() {
        return name;
    }

    public String stateMachineArn() {
        return machine.arn();
    }

    public String stateMachineName() {
        return machine.name();
    }

    public Object input() {
        return input;
    }

    public Instant start() {
        return start;
    }

    public ExecutionStatus status() {
        return status;
    }

    public boolean isRunning() {
        return status == ExecutionStatus.RUNNING;
    }

    /** What a succeeded execution gave, which may be JSON null; null before that. */
    public Object output() {
        return output;
    }

    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    public Optional<String> cause() {
        return Optional.ofNullable(cause);
    }

    public Optional<Instant> stop() {
        return Optional.ofNullable(stop);
    }

    /** What Step Functions bills: every state entered, and every retry. */
    public int stateTransitions() {
        return stateTransitions;
    }

    /** How long the event history is, whether a listener sees it or not. */
    public long historyEvents() {
        return historyEvents;
    }

    StateMachine machine() {
        return machine;
    }

    void countStateTransition() {
        stateTransitions++;
    }

    long nextHistoryEvent() {
        return ++historyEvents;
    }

    void succeed(Object result, Instant now) {
        close(ExecutionStatus.SUCCEEDED, now);
        output = result;
    }

    void fail(String errorName, String errorCause, Instant now) {
        close(ExecutionStatus.FAILED, now);
        error = errorName;
        cause = errorCause;
    }

    void timeOut(Instant now) {
        close(ExecutionStatus.TIMED_OUT, now);
    }

    private void close(ExecutionStatus last, Instant now) {
        if (!isRunning()) {
            throw new IllegalStateException(arn() + " has stopped as " + status + " and cannot become " + last);
        }
        status = last;
        stop = now;
    }

    @Override
    public String toString() {
        return arn() + " " + status;
    }
}
