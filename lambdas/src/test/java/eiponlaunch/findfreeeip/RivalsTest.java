package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.model.Zone;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;

class RivalsTest {
    private static final Zone A = new Zone("us-east-1a");
    private static final Zone B = new Zone("us-east-1b");
    private static final FreeEips NONE = new FreeEips(Map.of(), List.of());
    private static final List<Seen> OF_TWO_ZONES = new Rivals(
                    List.of(
                            new Seen("i-1", true, A),
                            new Seen("i-2", true, B),
                            new Seen("i-3", true, null),
                            new Seen("i-4", true, A)),
                    Set.of("i-4"))
            .waiting(Map.of());

    @Test
    void whoHasAnAddressWaitsForNone() {
        assertThat(ids(OF_TWO_ZONES)).containsExactly("i-1", "i-2", "i-3");
    }

    @Test
    void onlyThoseOfTheZoneAndOfOneThatIsNotKnownContendForTheZonesAddresses() {
        assertThat(ids(Rivals.contending(OF_TWO_ZONES, NONE, Optional.of(A)))).containsExactly("i-1", "i-3");
    }

    @Test
    void allContendForAnAddressOfEveryZone() {
        assertThat(Rivals.contending(OF_TWO_ZONES, ofEveryZone(1), Optional.of(A)))
                .isEqualTo(OF_TWO_ZONES);
    }

    @Test
    void allContendWithWhoseZoneIsNotKnown() {
        assertThat(Rivals.contending(OF_TWO_ZONES, NONE, Optional.empty())).isEqualTo(OF_TWO_ZONES);
    }

    @Test
    void launchTimesOfThoseWhoContendForOtherAddressesAreNotAskedFor() {
        var most = Ec2Reads.MOST_INSTANCES;
        var ofZones = new Rivals(
                IntStream.range(0, 2 * most)
                        .mapToObj(number -> new Seen("i-" + number, true, number % 2 == 0 ? A : B))
                        .toList(),
                Set.of());

        assertThat(ofZones.areWorthTheirLaunchTimes(NONE, Optional.of(A), "i-0", true))
                .isTrue();
        assertThat(ofZones.areWorthTheirLaunchTimes(NONE, Optional.of(A), "i-1", true))
                .as("one of the other zone")
                .isFalse();
    }

    @Test
    void launchTimesAreAskedForUpToAsManyInstancesAsARequestTakes() {
        var most = Ec2Reads.MOST_INSTANCES;

        assertThat(launches(most).areWorthTheirLaunchTimes(ofEveryZone(most), Optional.of(A), "i-0", true))
                .isTrue();
        assertThat(launches(most + 1).areWorthTheirLaunchTimes(ofEveryZone(most + 1), Optional.of(A), "i-0", true))
                .isFalse();
    }

    @Test
    void aFewThatAllGetAnAddressAreNotWorthTheirLaunchTimes() {
        assertThat(launches(10).areWorthTheirLaunchTimes(ofEveryZone(10), Optional.of(A), "i-0", false))
                .isFalse();
        assertThat(launches(10).areWorthTheirLaunchTimes(ofEveryZone(10), Optional.of(A), "i-0", true))
                .as("in a storm")
                .isTrue();
        assertThat(launches(11).areWorthTheirLaunchTimes(ofEveryZone(11), Optional.of(A), "i-0", false))
                .as("more than a few")
                .isTrue();
        assertThat(launches(10).areWorthTheirLaunchTimes(ofEveryZone(9), Optional.of(A), "i-0", false))
                .as("too few addresses")
                .isTrue();
    }

    @Test
    void whoDoesNotWaitNeedsNoLaunchTimes() {
        assertThat(launches(11).areWorthTheirLaunchTimes(NONE, Optional.of(A), "i-11", true))
                .isFalse();
    }

    private static List<String> ids(List<Seen> waiting) {
        return waiting.stream().map(Seen::instanceId).toList();
    }

    private static Rivals launches(int count) {
        return new Rivals(
                IntStream.range(0, count)
                        .mapToObj(number -> new Seen("i-" + number, true, A))
                        .toList(),
                Set.of());
    }

    private static FreeEips ofEveryZone(int count) {
        return new FreeEips(
                Map.of(),
                IntStream.range(0, count)
                        .mapToObj(number -> Address.builder()
                                .allocationId("eipalloc-" + number)
                                .build())
                        .toList());
    }
}
