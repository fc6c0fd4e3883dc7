package eiponlaunch.simulator.world.api;

import asl.execution.Execution;
import java.time.Instant;
import java.util.Optional;

/**
 * One API call of the simulated account, as it ended.
 *
 * @param api its name, such as AssociateAddress
 * @param at when it took effect, or would have
 * @param outcome what its caller got
 * @param tookToken whether it used a token of the API's bucket, which others may wait for
 * @param tokensLeft what is left in the API's bucket after it; {@link Rate#UNLIMITED}'s for an API without a rate
 * @param execution whose task made it, if a task did
 */
public record ApiCall(
        String api, Instant at, Outcome outcome, boolean tookToken, double tokensLeft, Optional<Execution> execution) {
    public enum Outcome {
        ANSWERED,
        /** What it asked for was somebody else's already. */
        CONFLICT,
        /** The bucket was empty. */
        THROTTLED,
        /** Any other error, or no answer at all. */
        FAILED
    }
}
