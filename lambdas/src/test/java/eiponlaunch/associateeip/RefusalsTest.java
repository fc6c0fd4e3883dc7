package eiponlaunch.associateeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.Events;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Refusals NONE = new Refusals(null, null);

    @Test
    void theFirstRefusalBeginsTheTwoMinutes() {
        var once = NONE.refused("eipalloc-1", Events.TIME);

        assertThat(once.since()).isEqualTo(Events.TIME);
        assertThat(once.refused("eipalloc-2", Events.TIME.plusSeconds(9)).since())
                .isEqualTo(Events.TIME);
        assertThat(NONE.tried("eipalloc-1").since()).as("taken is not refused").isNull();
    }

    @Test
    void aRefusalIsTheLastOnlyOfAnAddressThatWasTriedBefore() {
        var once = NONE.refused("eipalloc-1", Events.TIME);
        var later = Events.TIME.plusSeconds(120);

        assertThat(once.areEnough("eipalloc-1", later)).isTrue();
        assertThat(once.areEnough("eipalloc-1", later.minusMillis(1))).isFalse();
        assertThat(once.areEnough("eipalloc-2", later))
                .as("another one is left")
                .isFalse();
        assertThat(NONE.tried("eipalloc-1").areEnough("eipalloc-1", later))
                .as("never refused")
                .isFalse();
    }

    @Test
    void fiftyAddressesStandForAll() {
        var refusals = NONE.refused("eipalloc-0", Events.TIME);
        for (var number = 1; number < 49; number++) {
            refusals = refusals.refused("eipalloc-" + number, Events.TIME);
        }
        assertThat(refusals.areEnough("eipalloc-new", Events.TIME.plusSeconds(120)))
                .isFalse();
        assertThat(refusals.refused("eipalloc-49", Events.TIME).areEnough("eipalloc-new", Events.TIME.plusSeconds(120)))
                .isTrue();
    }

    @Test
    void anAddressTriedAgainIsTheLatestAndTheOldestOfMoreThanAHundredAreForgotten() {
        assertThat(NONE.tried("a").tried("b").tried("a").triedInVain()).containsExactly("b", "a");

        var many = new Refusals(
                IntStream.range(0, 100).mapToObj(number -> "eipalloc-" + number).toList(), null);
        assertThat(many.tried("eipalloc-100").triedInVain())
                .hasSize(100)
                .startsWith("eipalloc-1")
                .endsWith("eipalloc-100");
        assertThat(List.of("eipalloc-0"))
                .doesNotContainAnyElementsOf(many.tried("eipalloc-100").triedInVain());
    }
}
