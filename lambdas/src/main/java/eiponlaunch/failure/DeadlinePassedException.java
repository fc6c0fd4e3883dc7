package eiponlaunch.failure;

/** The launch's deadline has passed. Nothing more is associated or retried. */
public final class DeadlinePassedException extends EipOnLaunchException {
    public DeadlinePassedException(String message, Throwable cause) {
        super(message, cause);
    }
}
