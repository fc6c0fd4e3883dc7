package eiponlaunch.preflight.read;

/** Nothing could be looked at: no credentials, no Region, or no answer at all. The message says which, in one line. */
public final class CannotReadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CannotReadException(String message) {
        super(message);
    }

    public CannotReadException(String message, Throwable cause) {
        super(message, cause);
    }
}
