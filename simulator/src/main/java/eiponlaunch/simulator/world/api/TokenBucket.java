package eiponlaunch.simulator.world.api;

import java.time.Duration;
import java.time.Instant;

/** The bucket of one API in one account and Region, or of all of a service. */
final class TokenBucket {
    private final Rate rate;
    private double tokens;
    private Instant filledAt;

    TokenBucket(Rate rate, Instant now) {
        this.rate = rate;
        this.tokens = rate.tokens();
        this.filledAt = now;
    }

    /** Takes a token; false, and nothing taken, when there is none. */
    boolean take(Instant now) {
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /** Changes nothing, so that looking at a bucket never changes how a run goes on, not even by rounding. */
    double tokens(Instant now) {
        var nanos = Duration.between(filledAt, now).toNanos();
        return Math.min(rate.tokens(), tokens + nanos * rate.perSecond() / 1e9);
    }

    private void fill(Instant now) {
        tokens = tokens(now);
        filledAt = now;
    }
}
