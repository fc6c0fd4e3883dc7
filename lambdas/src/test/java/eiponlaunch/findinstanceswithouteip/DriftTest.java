package eiponlaunch.findinstanceswithouteip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.findfreeeip.LaunchQueue;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
    /** Else those that are handed on wait for the places of some that are not, and every run hands on the same. */
    @Test
    void thoseThatAreHandedOnHaveTheFirstPlacesInTheQueue() {
        var random = new Random(7);
        var ids = IntStream.range(0, 600)
                .mapToObj(i -> String.format("i-0%016x", random.nextLong()))
                .toList();

        var drift = Drift.of(ids.stream().map(DriftTest::instance).toList(), Set.of(), List.of());

        var queue = drift.queue().stream()
                .map(id -> new LaunchQueue.Peer(id, false, null))
                .toList();
        assertThat(drift.first(false))
                .extracting(first -> new LaunchQueue(first.instanceId(), queue, Set.of()).place(600))
                .containsExactlyElementsOf(
                        IntStream.range(0, Drift.AT_ONCE).boxed().toList());
    }

    private static Member instance(String id) {
        return new Member(id, "forward-proxy", null);
    }
}
