package eiponlaunch.failure;

/** The launch's deadline has passed: nothing is associated any more, and nothing retried. */
public final class DeadlinePassedException extends EipOnLaunchException {
    public DeadlinePassedException(String message, Throwable cause) {
        super(message, cause);
    }
}
