package eiponlaunch.failure;

/** The function's role may not make the call, or the account may not use the address, at least not yet. */
public final class AccessDeniedException extends RefusedException {
    public AccessDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
