package eiponlaunch.failure;

/** AWS refused the call because too many were made in this account and Region. Nothing was done. */
public final class ThrottledException extends TransientException {
    public ThrottledException(String message, Throwable cause) {
        super(message, cause);
    }
}
