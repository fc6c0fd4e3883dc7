package asl.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrierTest {
    @Test
    void theDelayGrowsByTheBackoffRateUpToTheCap() {
        assertThat(delays(retrier(3, 2, Optional.of(Duration.ofSeconds(12))), 5))
                .containsExactly(3000L, 6000L, 12000L, 12000L, 12000L);
        assertThat(delays(retrier(3, 2, Optional.of(Duration.ofSeconds(11))), 4))
                .containsExactly(3000L, 6000L, 11000L, 11000L);
    }

    @Test
    void aRateOfOneKeepsTheDelayAndAFractionCountsInMilliseconds() {
        assertThat(delays(retrier(5, 1, Optional.empty()), 3)).containsExactly(5000L, 5000L, 5000L);
        assertThat(delays(retrier(1, 1.5, Optional.empty()), 4)).containsExactly(1000L, 1500L, 2250L, 3375L);
    }

    @Test
    void anUncappedDelayStaysWithinTheLongestExecution() {
        assertThat(retrier(1, 2, Optional.empty()).delay(5000)).isEqualTo(Duration.ofDays(366));
    }

    private static List<Long> delays(Retrier retrier, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> retrier.delay(n).toMillis())
                .toList();
    }

    private static Retrier retrier(int seconds, double rate, Optional<Duration> cap) {
        return new Retrier(List.of("E"), Duration.ofSeconds(seconds), rate, 3, cap, Retrier.Jitter.NONE);
    }
}
