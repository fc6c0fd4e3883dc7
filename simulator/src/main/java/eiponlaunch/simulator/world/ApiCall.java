package eiponlaunch.simulator.world;

import java.time.Instant;

/**
 * One API call of the simulated account, as it ended.
 *
 * @param api its name, such as AssociateAddress
 * @param at when it took effect, or would have
 * @param outcome what its caller got
 * @param tokensLeft what is left in the API's bucket after it; {@link Rate#UNLIMITED}'s for an API without a rate
 */
public record ApiCall(String api, Instant at, Outcome outcome, double tokensLeft) {
    public enum Outcome {
        ANSWERED,
        /** The bucket was empty. */
        THROTTLED,
        /** Any other error, or no answer at all. */
        FAILED
    }
}
