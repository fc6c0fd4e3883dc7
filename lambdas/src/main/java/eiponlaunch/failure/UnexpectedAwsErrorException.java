package eiponlaunch.failure;

/** AWS refused the call for a reason that this project does not know. */
public final class UnexpectedAwsErrorException extends RefusedException {
    public UnexpectedAwsErrorException(String message, Throwable cause) {
        super(message, cause);
    }
}
