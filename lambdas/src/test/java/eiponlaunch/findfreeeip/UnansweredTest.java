package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnansweredTest {
    private static final Instant FIRST = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void theFirstLookSaysSinceWhenAndHowManyAddressesWereFree() {
        var one = Unanswered.oneMore(null, FIRST, 20);

        assertThat(one).isEqualTo(new Unanswered(FIRST, 20, 1));
        assertThat(Unanswered.oneMore(one, FIRST.plusSeconds(5), 12)).isEqualTo(new Unanswered(FIRST, 20, 2));
    }

    /** Its pool may be one of many that share EC2's rate. */
    @Test
    void aStormAnswersOneOfSixLooks() {
        assertThat(tellOfAStorm(5, 20, 60)).isTrue();
        assertThat(tellOfAStorm(6, 20, 60)).isFalse();
    }

    @Test
    void inAStormAddressesAreTaken() {
        assertThat(tellOfAStorm(6, 13, 20)).isFalse();
        assertThat(tellOfAStorm(6, 12, 20)).isTrue();
        assertThat(tellOfAStorm(6, 20, 19)).as("too short a time to tell").isTrue();
    }

    private static boolean tellOfAStorm(int looks, int free, int seconds) {
        return new Unanswered(FIRST, 20, looks)
                .tellOfAStorm(Pace.DOCUMENTED, free, FIRST.plus(Duration.ofSeconds(seconds)));
    }
}
