package eiponlaunch.preflight.look;

/** Nothing could be looked at: no credentials, no Region, or no answer at all. The message says which, in one line. */
public final class CannotLookException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotLookException(String message) {
        super(message);
    }

    public CannotLookException(String message, Throwable cause) {
        super(message, cause);
    }
}
