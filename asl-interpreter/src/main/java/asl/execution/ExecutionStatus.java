package asl.execution;

/** The status of an execution. All but RUNNING are final. */
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT
}
