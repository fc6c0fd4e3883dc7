package eiponlaunch.failure;

/**
 * AWS refused the call for a reason that may concern only this address, or may pass. Another address is tried at once,
 * and refused addresses are tried again for two minutes.
 */
public abstract class RefusedException extends EipOnLaunchException {
    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
