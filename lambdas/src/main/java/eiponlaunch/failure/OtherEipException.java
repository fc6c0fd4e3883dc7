package eiponlaunch.failure;

/** The instance has an Elastic IP that is not of the pool: somebody else gave it one. Names the address. */
public final class OtherEipException extends EipOnLaunchException {
    public OtherEipException(String message) {
        super(message, null);
    }
}
