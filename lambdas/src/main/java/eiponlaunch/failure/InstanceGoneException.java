package eiponlaunch.failure;

/** The instance is terminated, or on its way there. It will never take an address. */
public final class InstanceGoneException extends EipOnLaunchException {
    public InstanceGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
