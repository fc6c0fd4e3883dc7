package eiponlaunch.associateeip;

import eiponlaunch.model.ElasticIp;

/**
 * @param outcome what the state machine's Choice EipAssociated reads
 * @param instanceId the launching instance
 * @param eip the address that was tried
 */
public record AssociateEipOutput(Outcome outcome, String instanceId, ElasticIp eip) {
    /** What an attempt can come to. The names are part of the state machine. */
    public enum Outcome {
        /** The instance has the address, now or from an earlier attempt. */
        Associated,
        /** Somebody else has taken the address since it was found free. */
        Taken,
        /** The address was released from the account since it was found. */
        Released
    }
}
