package eiponlaunch.failure;

/** AWS refused the call as invalid, or AssociateAddress with an error code that this project does not know. */
public final class UnexpectedAwsErrorException extends RefusedException {
    public UnexpectedAwsErrorException(String message, Throwable cause) {
        super(message, cause);
    }
}
