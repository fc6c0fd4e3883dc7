package eiponlaunch.failure;

/** The event lacks a required field, or the field does not have the form that AWS documents. Names the field. */
public final class MalformedEventException extends EipOnLaunchException {
    public MalformedEventException(String message) {
        super(message, null);
    }
}
