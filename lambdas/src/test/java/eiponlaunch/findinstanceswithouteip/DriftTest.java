package eiponlaunch.findinstanceswithouteip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.findfreeeip.LaunchQueue;
import eiponlaunch.findfreeeip.Seen;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.Zone;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Tag;

class DriftTest {
    /** Else those that are handed on wait for the places of some that are not, and every run hands on the same. */
    @Test
    void thoseThatAreHandedOnHaveTheFirstPlacesInTheQueue() {
        var random = new Random(7);
        var ids = IntStream.range(0, 600)
                .mapToObj(i -> String.format("i-0%016x", random.nextLong()))
                .toList();

        var drift = Drift.of(ids.stream().map(DriftTest::instance).toList(), Set.of(), List.of());

        var queue = drift.queue().stream().map(id -> new Seen(id, false, null)).toList();
        assertThat(drift.first(false))
                .extracting(first -> LaunchQueue.of(first.instanceId(), queue).place(600))
                .containsExactlyElementsOf(
                        IntStream.range(0, Drift.AT_ONCE).boxed().toList());
    }

    /** Else one zone's instances without hope would keep those of another waiting, run after run. */
    @Test
    void thoseForWhomThereIsAnAddressComeFirstAndTheQueueTellsTheZoneOfEach() {
        var a = new Zone("us-east-1a");
        var b = new Zone("us-east-1b");
        var drift = Drift.of(
                        List.of(
                                new Member("i-00000000000000001", "forward-proxy", a),
                                new Member("i-00000000000000002", "forward-proxy", a),
                                new Member("i-00000000000000003", "forward-proxy", b),
                                new Member("i-00000000000000004", "forward-proxy", null)),
                        Set.of(),
                        List.of())
                .servedFirst(FreeEips.of(
                        List.of(address("1", "us-east-1b"), address("2", null)),
                        new EipPool(Map.of("Application", "ForwardProxy"), "", "Zone"),
                        List.of(a, b)));

        assertThat(drift.queue())
                .containsExactly(
                        "i-00000000000000001", "i-00000000000000003", "i-00000000000000002", "i-00000000000000004");
        assertThat(drift.zonesOfQueue()).containsExactly("us-east-1a", "us-east-1b", "us-east-1a", null);
        assertThat(drift.first(false)).extracting(first -> first.instanceId()).isEqualTo(drift.queue());
    }

    private static Address address(String id, String zone) {
        return Address.builder()
                .allocationId(id)
                .publicIp("203.0.113." + id)
                .tags(
                        zone == null
                                ? List.of()
                                : List.of(Tag.builder().key("Zone").value(zone).build()))
                .build();
    }

    private static Member instance(String id) {
        return new Member(id, "forward-proxy", null);
    }
}
