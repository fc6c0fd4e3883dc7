package eiponlaunch.failure;

/**
 * AWS failed, gave no answer in time, or one that this project does not know. Whether the call took effect is not known.
 */
public final class AwsUnavailableException extends TransientException {
    public AwsUnavailableException(String message) {
        this(message, null);
    }

    public AwsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
