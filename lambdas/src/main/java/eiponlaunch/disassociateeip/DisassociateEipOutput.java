package eiponlaunch.disassociateeip;

import eiponlaunch.model.ElasticIp;
import java.util.List;

/**
 * @param outcome what became of the instance's addresses
 * @param instanceId the terminating instance
 * @param pool the name of the pool that was looked in, {@code Key=Value,Key=Value}
 * @param eips the addresses that were disassociated; one at most, unless somebody gave the instance more by hand
 */
public record DisassociateEipOutput(Outcome outcome, String instanceId, String pool, List<ElasticIp> eips) {
    /** What giving back can come to. */
    public enum Outcome {
        /** EC2 says that the addresses are free. It may also say so when the associations ended between the look and the call. */
        Disassociated,
        /** EC2 says that the associations ended between the look and the call: the addresses are free, or another instance's. */
        AlreadyDisassociated,
        /** The instance has no address of the pool: it never had one, or an earlier attempt gave it back. */
        NoneHeld,
        /** Only the instance's root volume is replaced: it keeps its address. */
        StaysInService,
        /**
         * The hook does not hold the instance: it has ended, or serves again with an address of its new launch, or the event
         * was made up.
         */
        ActionEnded
    }
}
