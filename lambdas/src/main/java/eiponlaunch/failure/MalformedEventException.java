package eiponlaunch.failure;

/** The event lacks a field that is needed, or has it in another form than AWS documents. Names the field. */
public final class MalformedEventException extends EipOnLaunchException {
    public MalformedEventException(String message) {
        super(message, null);
    }
}
