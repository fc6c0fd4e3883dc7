package asl.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private final VirtualTime time = new VirtualTime(START);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsInOrderOfTimeWhateverTheOrderOfScheduling() {
        time.after(Duration.ofSeconds(2), () -> ran.add("second"));
        time.after(Duration.ofSeconds(1), () -> ran.add("first"));

        time.runUntilIdle();

        assertThat(ran).containsExactly("first", "second");
        assertThat(time.now()).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void runsInOrderOfTimeWithinASecond() {
        time.after(Duration.ofNanos(2), () -> ran.add("second"));
        time.after(Duration.ofNanos(1), () -> ran.add("first"));

        time.runUntilIdle();

        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void runsInOrderOfSchedulingAtTheSameInstant() {
        for (var i = 0; i < 20; i++) {
            var name = "" + i;
            time.at(START.plusSeconds(1), () -> ran.add(name));
        }

        time.runUntilIdle();

        assertThat(ran)
                .containsExactly(
                        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
                        "17", "18", "19");
    }

    @Test
    void whatAnActionSchedulesForNowRunsAfterWhatIsThere() {
        time.after(Duration.ZERO, () -> time.after(Duration.ZERO, () -> ran.add("later")));
        time.after(Duration.ZERO, () -> ran.add("there"));

        time.runUntilIdle();

        assertThat(ran).containsExactly("there", "later");
    }

    @Test
    void runNextRunsOneAndSaysWhenThereIsNone() {
        time.after(Duration.ofSeconds(1), () -> ran.add("one"));
        time.after(Duration.ofSeconds(2), () -> ran.add("two"));

        assertThat(time.runNext()).isTrue();
        assertThat(ran).containsExactly("one");
        assertThat(time.now()).isEqualTo(START.plusSeconds(1));
        assertThat(time.runNext()).isTrue();
        assertThat(time.runNext()).isFalse();
    }

    @Test
    void cannotGoBack() {
        time.after(Duration.ofSeconds(1), () -> {});
        time.runUntilIdle();

        time.at(START.plusSeconds(1), () -> ran.add("now"));
        assertThatIllegalArgumentException().isThrownBy(() -> time.at(START.plusMillis(999), () -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> time.after(Duration.ofMillis(-1), () -> {}));
    }

    @Test
    void aCancelledTimerNeitherRunsNorMovesTheClock() {
        var timer = time.after(Duration.ofHours(2), () -> ran.add("cancelled"));
        time.after(Duration.ofSeconds(1), timer::cancel);

        time.runUntilIdle();

        assertThat(ran).isEmpty();
        assertThat(time.now()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void timersThatAreCancelledInGreatNumbersTakeNoOthersWithThem() {
        var kept = new ArrayList<String>();
        for (var second = 1; second <= 100; second++) {
            var name = "at " + second;
            var timers = List.of(
                    time.after(Duration.ofSeconds(second), () -> ran.add("cancelled")),
                    time.after(Duration.ofSeconds(second), () -> ran.add(name)),
                    time.after(Duration.ofHours(2), () -> ran.add("cancelled")));
            kept.add(name);
            timers.get(0).cancel();
            timers.get(2).cancel();
            timers.get(2).cancel();
        }

        time.runUntilIdle();

        assertThat(ran).isEqualTo(kept);
    }

    /** An execution's TimeoutSeconds, say, hours before its turn. */
    @Test
    void atMostHalfOfTheQueueAreCancelledTimers() {
        var timers = IntStream.range(0, 1000)
                .mapToObj(number -> time.after(Duration.ofHours(2), () -> ran.add("" + number)))
                .toList();

        for (var cancelled = 1; cancelled <= 990; cancelled++) {
            timers.get(cancelled - 1).cancel();
            assertThat(time.queued()).isBetween(1000 - cancelled, 2 * (1000 - cancelled));
        }
        time.runUntilIdle();

        assertThat(time.queued()).isZero();
        assertThat(ran).hasSize(10);
    }

    @Test
    void theClockShowsVirtualTimeAtUtc() {
        var clock = time.clock();
        time.after(Duration.ofSeconds(5), () -> {});
        time.runUntilIdle();

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        assertThat(clock.withZone(ZoneOffset.MAX).instant()).isEqualTo(START.plusSeconds(5));
    }
}
