package eiponlaunch.failure;

/** The instance is still pending and cannot take an address yet. */
public final class InstanceNotReadyException extends TransientException {
    public InstanceNotReadyException(String message, Throwable cause) {
        super(message, cause);
    }
}
