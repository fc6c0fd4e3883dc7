package eiponlaunch.failure;

/** AWS refused the call for a reason that this project does not know. It is not retried. */
public final class UnexpectedAwsErrorException extends EipOnLaunchException {
    public UnexpectedAwsErrorException(String message, Throwable cause) {
        super(message, cause);
    }
}
