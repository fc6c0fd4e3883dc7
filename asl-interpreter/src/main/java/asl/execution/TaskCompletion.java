package asl.execution;

/**
 * How an attempt at a Task ends. A report that comes after the attempt or the execution timed out is ignored; a second
 * report of one attempt is refused with an IllegalStateException.
 */
public interface TaskCompletion {
    /** The result is what the state sees as $states.result. */
    void succeed(Object result);

    /** The cause may be null: then the error output has no Cause. */
    void fail(String error, String cause);
}
