package eiponlaunch.failure;

/** A failure that is likely to pass: the state machine retries it until the deadline. */
public abstract class TransientException extends EipOnLaunchException {
    TransientException(String message, Throwable cause) {
        super(message, cause);
    }
}
