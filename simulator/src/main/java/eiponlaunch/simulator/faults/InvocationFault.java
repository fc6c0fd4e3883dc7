package eiponlaunch.simulator.faults;

/** What goes wrong with one Lambda invocation, and what Step Functions learns of it. */
public enum InvocationFault {
    NONE(null),
    /** The execution environment dies before the handler does anything. */
    CRASH_BEFORE("Lambda.Unknown"),
    /** It dies after the handler's calls took effect and before it answered. */
    CRASH_AFTER("Lambda.Unknown"),
    /** No execution environment is free. */
    THROTTLED("Lambda.TooManyRequestsException"),
    /** The handler does its work, but not within the function's timeout. */
    TIMEOUT("Sandbox.Timedout"),
    /** The Lambda service fails. */
    SERVICE_ERROR("Lambda.ServiceException"),
    /** The request is lost on its way, so that only the task's own TimeoutSeconds ends the wait. */
    NO_ANSWER("States.Timeout"),
    /** Lambda runs the function when Step Functions has long been waiting for it, or has given it up. */
    LATE("States.Timeout"),
    /** Lambda runs the function once more later, with the same input; nobody waits for that answer. */
    TWICE(null);

    private final String error;

    InvocationFault(String error) {
        this.error = error;
    }

    public String error() {
        return error;
    }
}
