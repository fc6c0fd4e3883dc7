package asl.execution;

/** How an execution stands; all but RUNNING are final. */
public enum ExecutionStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    TIMED_OUT
}
