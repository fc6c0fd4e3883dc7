package eiponlaunch.failure;

/** The event comes from a lifecycle hook that this stack does not serve. Names the hook, and the hooks that are served. */
public final class HookNotServedException extends EipOnLaunchException {
    public HookNotServedException(String message) {
        super(message, null);
    }
}
