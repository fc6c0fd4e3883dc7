package eiponlaunch.failure;

/** The event is of a lifecycle hook that this stack does not serve. Names the hook and those that are served. */
public final class HookNotServedException extends EipOnLaunchException {
    public HookNotServedException(String message) {
        super(message, null);
    }
}
