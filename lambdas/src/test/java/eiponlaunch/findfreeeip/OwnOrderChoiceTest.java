package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.model.ElasticIp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnOrderChoiceTest {
    private final OwnOrderChoice choice = new OwnOrderChoice();

    @Test
    void theOrderInWhichEc2ListsTheAddressesDoesNotMatter() {
        var free = eips(50);
        var shuffled = new ArrayList<>(free);
        Collections.shuffle(shuffled, new Random(1));

        assertThat(choice.choose("i-0123456789abcdef0", shuffled))
                .isEqualTo(choice.choose("i-0123456789abcdef0", free));
    }

    @Test
    void anAddressThatIsNotTheChoiceCanGoWithoutChangingIt() {
        var free = new ArrayList<>(eips(50));
        var chosen = choice.choose("i-0123456789abcdef0", free);
        while (free.size() > 1) {
            free.remove(free.get(0).equals(chosen) ? 1 : 0);
            assertThat(choice.choose("i-0123456789abcdef0", free)).isEqualTo(chosen);
        }
    }

    @Test
    void instancesSpreadOverThePoolAsEvenlyAsByChance() {
        var free = eips(20);
        var launches = IntStream.range(0, 2000)
                .mapToObj(i -> choice.choose(String.format("i-%017x", i), free))
                .collect(Collectors.groupingBy(eip -> eip, Collectors.counting()));

        assertThat(launches).hasSize(20);
        assertThat(launches.values()).allSatisfy(count -> assertThat(count).isBetween(60L, 140L));
    }

    private static List<ElasticIp> eips(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ElasticIp(String.format("eipalloc-%017x", i), "203.0.113." + i))
                .toList();
    }
}
