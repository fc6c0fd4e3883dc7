package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.model.ElasticIp;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankedChoiceTest {
    private final RankedChoice choice = new RankedChoice();

    @Test
    void noTwoPlacesOfTheQueueTryTheSameAddressAsLongAsThereIsOneForEach() {
        var free = eips(100);

        assertThat(IntStream.range(0, 100).mapToObj(place -> choice.choose("i-1", place, free)))
                .doesNotHaveDuplicates()
                .hasSize(100);
    }

    @Test
    void whenALaunchIsServedTheChoiceOfTheOthersStaysWhatItWas() {
        var free = eips(10);

        assertThat(choice.choose("i-1", 6, free.subList(1, 10))).isEqualTo(choice.choose("i-1", 7, free));
    }

    @Test
    void aPlaceBeyondThePoolStillTriesAnAddressBecauseThoseAheadMayNeverComeForIt() {
        assertThat(choice.choose("i-1", 12, eips(10))).isEqualTo(eips(10).get(2));
    }

    private static List<ElasticIp> eips(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ElasticIp(String.format("eipalloc-%017x", i), "203.0.113." + i))
                .toList();
    }
}
