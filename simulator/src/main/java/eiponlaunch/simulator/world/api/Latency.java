package eiponlaunch.simulator.world.api;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long something takes: mostly near the least, seldom near the most. AWS publishes no such figures; these are
 * assumptions and therefore settings.
 */
public record Latency(Duration least, Duration most) {
    public static final Latency NONE = ofMillis(0, 0);

    public static Latency ofMillis(long least, long most) {
        return new Latency(Duration.ofMillis(least), Duration.ofMillis(most));
    }

    public Duration sample(SplittableRandom random) {
        var u = random.nextDouble();
        return least.plusNanos((long) (most.minus(least).toNanos() * u * u * u));
    }
}
