package eiponlaunch.simulator.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SupplyTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(7);

    private final Supply supply = new Supply(START, 1);

    @Test
    void enoughForEverybodyExplainsNothing() {
        supply.change(at(0), 0, 1);

        assertThat(scarce(0, 100)).isZero();
    }

    @Test
    void aSpellWithTooFewExplainsItsLengthAndTheTimeUntilTheNextLook() {
        supply.change(at(10), 0, 2);
        supply.change(at(40), 1, 0);

        assertThat(scarce(0, 100)).isEqualTo(Duration.ofSeconds(30 + 7));
    }

    @Test
    void onlyThePartOfASpellCountsThatALaunchWaited() {
        supply.change(at(10), 0, 2);
        supply.change(at(40), 1, 0);

        assertThat(scarce(20, 30)).isEqualTo(Duration.ofSeconds(10 + 7));
        assertThat(scarce(40, 50)).isZero();
        assertThat(scarce(0, 10)).isZero();
    }

    @Test
    void aSpellThatHasNotEndedCountsUntilNow() {
        supply.change(at(10), -1, 1);

        assertThat(scarce(0, 25)).isEqualTo(Duration.ofSeconds(15 + 7));
    }

    private Duration scarce(int from, int to) {
        return supply.scarce(at(from), at(to), LOOK);
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
