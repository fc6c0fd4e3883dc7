package eiponlaunch.failure;

/**
 * A task could not do its work. The state machine's Retry and Catch name the subclasses by their full class name, so
 * their names and this package never change.
 *
 * <p>The message says what happened, to which instance, and what to do. There is no stack trace: Step Functions copies it
 * into the Cause that an operator reads, where it would only hide the message.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in
 *     Step Functions workflows</a>
 */
public abstract class EipOnLaunchException extends RuntimeException {
    EipOnLaunchException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
