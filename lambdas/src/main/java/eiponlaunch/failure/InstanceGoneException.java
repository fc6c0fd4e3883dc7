package eiponlaunch.failure;

/** The instance is terminated or is being terminated. It can no longer take an address. */
public final class InstanceGoneException extends EipOnLaunchException {
    public InstanceGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
