package eiponlaunch.failure;

/** The function's role may not make the call. Waiting does not help. */
public final class AccessDeniedException extends EipOnLaunchException {
    public AccessDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
