package eiponlaunch.failure;

/**
 * AWS refused the call for a reason that may be the address's own, or may pass: another address is tried at once, and what
 * was refused again, for two minutes.
 */
public abstract class RefusedException extends EipOnLaunchException {
    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
