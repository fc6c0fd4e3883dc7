package eiponlaunch.findfreeeip;

import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.List;

/**
 * @param outcome what the state machine's Choice EipFound reads
 * @param instanceId the launching instance
 * @param pool the name of the pool that the launch takes from, {@code Key=Value,Key=Value}
 * @param eip the address to try or the one already held, or null
 * @param deadline when the last association may be made
 * @param secondsUntilTurn how long to wait before trying the address found, because EC2 would throttle the call; mostly 0. When
 *     the pool is empty, how long until those ahead may have left an address; 0 when none is free. When Auto Scaling throttled the
 *     look, within how many seconds to look again
 * @param triedInVain the allocation IDs of the addresses that were tried in vain and are free all the same, oldest first
 * @param plan what the next look needs to know of this one, or null
 * @param zone the instance's zone, or null when it was not looked up
 * @param withoutInstance when the pool is empty, its addresses that a network interface without an instance has, in words; null
 *     when there are none
 * @param unanswered this look and those before it that Auto Scaling throttled, one after the other; null for none
 */
public record FindFreeEipOutput(
        Outcome outcome,
        String instanceId,
        String pool,
        ElasticIp eip,
        Instant deadline,
        int secondsUntilTurn,
        List<String> triedInVain,
        Plan plan,
        Zone zone,
        String withoutInstance,
        Unanswered unanswered) {
    /** Where nothing was tried in vain. */
    public FindFreeEipOutput(
            Outcome outcome, String instanceId, String pool, ElasticIp eip, Instant deadline, int secondsUntilTurn) {
        this(outcome, instanceId, pool, eip, deadline, secondsUntilTurn, List.of(), null, null, null, null);
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
        WarmPool,
        /**
         * Auto Scaling does not show the instance yet, nor whom it competes with: too early to choose. Only for definitions that
         * know it.
         */
        NotShown,
        /**
         * Auto Scaling throttled the question who else waits, as many launches ask it at once. Only for definitions that know of
         * NotShown as well; for others the look fails.
         */
        Throttled
    }
}
