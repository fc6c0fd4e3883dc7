package eiponlaunch.failure;

/**
 * The instance had an Elastic IP that is not of the pool, and EC2's answers do not agree whether it still has it. They may be 15
 * seconds old, so an answer that shows none is not to be trusted before that time. Names the address.
 */
public final class OtherEipUncertainException extends TransientException {
    public OtherEipUncertainException(String message) {
        super(message, null);
    }
}
