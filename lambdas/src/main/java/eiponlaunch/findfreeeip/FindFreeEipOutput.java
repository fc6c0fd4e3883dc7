package eiponlaunch.findfreeeip;

import eiponlaunch.model.ElasticIp;
import java.time.Instant;
import java.util.List;

/**
 * @param outcome what the state machine's Choice EipFound reads
 * @param instanceId the launching instance
 * @param pool the name of the pool that the launch takes from, {@code Key=Value,Key=Value}
 * @param eip the address to try or the one already held, or null
 * @param deadline when the last association may be made
 * @param secondsUntilTurn how long to wait before trying the address found, because EC2 would throttle the call; mostly 0
 * @param triedInVain the allocation IDs of the addresses that were tried in vain and are free all the same, oldest first
 */
public record FindFreeEipOutput(
        Outcome outcome,
        String instanceId,
        String pool,
        ElasticIp eip,
        Instant deadline,
        int secondsUntilTurn,
        List<String> triedInVain) {
    /** Where nothing was tried in vain. */
    public FindFreeEipOutput(
            Outcome outcome, String instanceId, String pool, ElasticIp eip, Instant deadline, int secondsUntilTurn) {
        this(outcome, instanceId, pool, eip, deadline, secondsUntilTurn, List.of());
    }

    /** What a look at the pool can find. The names are part of the state machine. */
    public enum Outcome {
        /** A free address. Another launch may take it before this one does. */
        Found,
        /**
         * No free address now that the instance's zone can use; for an instance that runs already, none beyond those for the
         * instances ahead.
         */
        PoolEmpty,
        /** The instance has an address of the pool: an earlier attempt or a duplicate event got it. */
        AlreadyHeld,
        /** The instance goes to a warm pool and gets its address when it leaves it. */
        WarmPool
    }
}
