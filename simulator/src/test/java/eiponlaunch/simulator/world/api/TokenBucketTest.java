package eiponlaunch.simulator.world.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant START = Instant.EPOCH;

    private final TokenBucket bucket = new TokenBucket(new Rate(50, 5), START);

    @Test
    void allThatIsInItIsGrantedAtOnce() {
        assertThat(granted(60, START)).isEqualTo(50);
        assertThat(granted(60, START.plusSeconds(1000))).isEqualTo(50);
    }

    /** Asked a hundred times a second for a hundred seconds. */
    @Test
    void anEmptyBucketLosesNoTokenThoughEachOfThemComesLate() {
        granted(60, START);

        var granted = IntStream.rangeClosed(1, 10_000)
                .map(i -> granted(1, START.plusMillis(10L * i)))
                .sum();

        assertThat(granted).isBetween(500 - 1, 500);
    }

    @Test
    void aBucketOfOneTokenIsFullAgainWhenThatHasComeBack() {
        var one = new TokenBucket(new Rate(1, 1), START);

        assertThat(one.take(START)).isTrue();
        assertThat(one.take(START)).isFalse();
        assertThat(one.take(START.plusSeconds(1))).isTrue();
    }

    @Test
    void whatIsDelayedWaitsInALineForTheTokensToCome() {
        granted(49, START);

        assertThat(bucket.reserve(START)).isZero();
        assertThat(bucket.reserve(START)).isEqualTo(Duration.ofMillis(200));
        assertThat(bucket.reserve(START.plusMillis(100))).isEqualTo(Duration.ofMillis(300));
        assertThat(bucket.reserve(START.plusSeconds(1000))).isZero();
    }

    /** Two buckets of which one fills twice as fast, and a function that asks the faster one first. */
    @Test
    void bucketsThatAreEmptyDoNotFillInStep() {
        var faster = new TokenBucket(new Rate(50, 10), START);
        granted(51, START);
        for (var i = 0; i < 51; i++) {
            faster.take(START);
        }
        var both = 0;
        var others = 0;
        for (var millis = 10; millis <= 100_000; millis += 10) {
            var now = START.plusMillis(millis);
            both += faster.take(now) ? granted(1, now) : 0;
            others += granted(1, now.plusMillis(5));
        }

        assertThat(both).as("about one in ten, as who asks it first").isBetween(10, 100);
        assertThat(both + others).isBetween(499, 500);
    }

    private int granted(int calls, Instant now) {
        return (int) IntStream.range(0, calls).filter(call -> bucket.take(now)).count();
    }
}
