package eiponlaunch.failure;

/** The NotificationMetadata of the launch's hook is meant to choose a pool but does not. Says what is wrong with it. */
public final class MalformedMetadataException extends EipOnLaunchException {
    public MalformedMetadataException(String message) {
        super(message, null);
    }
}
