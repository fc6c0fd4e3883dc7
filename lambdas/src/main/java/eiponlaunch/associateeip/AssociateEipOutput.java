package eiponlaunch.associateeip;

import eiponlaunch.model.ElasticIp;
import java.time.Instant;
import java.util.List;

/**
 * @param outcome what the state machine's Choice EipAssociated reads
 * @param instanceId the launching instance
 * @param eip the address that was tried
 * @param code the error code of EC2's answer when it refused, or null
 * @param triedInVain the allocation IDs of the addresses tried in vain so far, oldest first
 * @param refusedSince when EC2 first refused one of them, or null
 */
public record AssociateEipOutput(
        Outcome outcome,
        String instanceId,
        ElasticIp eip,
        String code,
        List<String> triedInVain,
        Instant refusedSince) {
    /** What an attempt can come to. The names are part of the state machine. */
    public enum Outcome {
        /** The instance has the address, now or from an earlier attempt. */
        Associated,
        /** Somebody else has taken the address since it was found free. */
        Taken,
        /** The address was released from the account since it was found, or is so new that EC2 does not know it everywhere yet. */
        Released,
        /**
         * EC2 refuses for a reason that may concern only this address, or may pass. Only for definitions that know this
         * outcome.
         */
        Refused,
        /** The attempt came so late that Step Functions may have given it up and made another: nothing was tried. */
        Late
    }
}
