package eiponlaunch.simulator.world.api;

import java.time.Duration;
import java.time.Instant;

/** The bucket of one API in one account and Region, or of all of a service. */
final class TokenBucket {
    /** Its multiples, less their whole parts, are spread evenly. */
    private static final double GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

    private final Rate rate;
    private double tokens;
    private Instant filledAt;
    private int timesEmpty;
    private double late;

    TokenBucket(Rate rate, Instant now) {
        this.rate = rate;
        this.tokens = rate.tokens();
        this.filledAt = now;
    }

    /**
     * Takes a token; false, and nothing taken, when there is none. After a refusal the next token comes up to one token's time
     * late, and none is lost. Otherwise two buckets that are empty would fill in step, and a function that asks both at once would
     * always come just when there is a token in each. On AWS its second call comes when the first is answered.
     */
    boolean take(Instant now) {
        fill(now);
        if (tokens < Math.min(1 + late, rate.tokens())) {
            late = late > 0 ? late : ++timesEmpty * GOLDEN_RATIO % 1;
            return false;
        }
        tokens -= 1;
        late = 0;
        return true;
    }

    /** Takes a token that is there or still to come, and says how long until it comes. */
    Duration reserve(Instant now) {
        fill(now);
        tokens -= 1;
        return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens * 1e9 / rate.perSecond()));
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
