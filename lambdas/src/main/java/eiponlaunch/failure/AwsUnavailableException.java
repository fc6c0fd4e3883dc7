package eiponlaunch.failure;

/** AWS failed, or gave no answer in time. Whether the call took effect is not known. */
public final class AwsUnavailableException extends TransientException {
    public AwsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
