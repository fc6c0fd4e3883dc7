package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.model.ElasticIp;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EipChoiceTest {
    @Test
    void withoutATryInVainThePlaceDecides() {
        assertThat(chosen(2, pool(5), List.of())).isEqualTo("eipalloc-2");
        assertThat(chosen(2, pool(5), List.of("eipalloc-9")))
                .as("taken by somebody else since, as DescribeAddresses shows")
                .isEqualTo("eipalloc-2");
    }

    /** It would be somebody else's: counted from the first again, 20 launches made 31 calls for 12 addresses. */
    @Test
    void aPlaceBeyondTheFreeAddressesGetsNone() {
        assertThat(new EipChoice(pool(12), List.of()).at(11, 20)).isPresent();
        assertThat(new EipChoice(pool(12), List.of()).at(12, 20)).isEmpty();
    }

    @Test
    void whereTheQueueIsNotKnownInstancesAreSpreadByTheirIds() {
        var chosen = IntStream.range(0, 100)
                .mapToObj(number -> new EipChoice(pool(1000), List.of())
                        .by("i-new" + number)
                        .orElseThrow())
                .distinct();

        assertThat(chosen).hasSizeGreaterThan(80);
        assertThat(new EipChoice(List.of(), List.of()).by("i-new")).isEmpty();
    }

    @Test
    void whatWasTriedInVainIsPassedOver() {
        assertThat(chosen(0, pool(5), List.of("eipalloc-0"))).isEqualTo("eipalloc-1");
        assertThat(chosen(0, pool(5), List.of("eipalloc-0", "eipalloc-1"))).isEqualTo("eipalloc-2");
    }

    @Test
    void whenAllWereTriedInVainTheOneTriedLongestAgoIsLookedAtAgain() {
        assertThat(chosen(0, pool(3), List.of("eipalloc-1", "eipalloc-0", "eipalloc-2")))
                .isEqualTo("eipalloc-1");
    }

    /** The other launches choose by their places and know nothing of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void thoseWhoPassAddressesOverTakeNobodyElsesAsLongAsThereAreEnough(int refused) {
        var tried = IntStream.range(0, 10)
                .mapToObj(place -> chosen(
                        place, 10, pool(10 + refused), place < refused ? List.of("eipalloc-" + place) : List.of()))
                .toList();

        assertThat(tried).doesNotHaveDuplicates();
    }

    @Test
    void withoutASpareAddressItTakesAnyThatItDidNotTry() {
        assertThat(chosen(1, 3, pool(3), List.of("eipalloc-1"))).isIn("eipalloc-0", "eipalloc-2");
    }

    private static String chosen(int place, List<ElasticIp> free, List<String> triedInVain) {
        return chosen(place, place + 1, free, triedInVain);
    }

    private static String chosen(int place, int waiting, List<ElasticIp> free, List<String> triedInVain) {
        return new EipChoice(free, triedInVain).at(place, waiting).orElseThrow().allocationId();
    }

    private static List<ElasticIp> pool(int size) {
        return IntStream.range(0, size)
                .mapToObj(number -> new ElasticIp("eipalloc-" + number, "203.0.113." + number))
                .toList();
    }
}
