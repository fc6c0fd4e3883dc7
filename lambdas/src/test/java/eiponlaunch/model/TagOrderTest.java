package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TagOrderTest {
    @Test
    void numbersComeByValueThenTextThenWhatHasNoValue() {
        var inOrder = List.of("-3", "0", "2", "10", "10.5", "0100", "10a", "1e3", "A", "a", "");
        for (var seed = 0; seed < 20; seed++) {
            var shuffled = new ArrayList<>(inOrder);
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(shuffled.stream().map(TagOrderTest::value).sorted(TagOrder.order()))
                    .containsExactlyElementsOf(
                            inOrder.stream().map(TagOrderTest::value).toList());
        }
    }

    @Test
    void theSameNumberWrittenInAnotherWayIsTheSame() {
        assertThat(TagOrder.order().compare(value("7"), value("+07.0"))).isZero();
        assertThat(TagOrder.order().compare(value(""), value(""))).isZero();
    }

    private static Optional<String> value(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }
}
