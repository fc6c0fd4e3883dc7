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
    private static final Rivals OF_TWO_ZONES = new Rivals(
            List.of(new Seen("i-1", true, A), new Seen("i-2", true, B), new Seen("i-3", true, null)), Set.of("i-2"));

    @Test
    void onlyThoseOfTheZoneAndOfOneThatIsNotKnownContendForTheZonesAddresses() {
        var contending = OF_TWO_ZONES.contending(NONE, Optional.of(A));

        assertThat(contending.all()).extracting(Seen::instanceId).containsExactly("i-1", "i-3");
        assertThat(contending.holders()).containsExactly("i-2");
    }

    @Test
    void allContendForAnAddressOfEveryZone() {
        assertThat(OF_TWO_ZONES.contending(ofEveryZone(1), Optional.of(A))).isEqualTo(OF_TWO_ZONES);
    }

    @Test
    void allContendWithWhoseZoneIsNotKnown() {
        assertThat(OF_TWO_ZONES.contending(NONE, Optional.empty())).isEqualTo(OF_TWO_ZONES);
    }

    @Test
    void launchTimesAreAskedForUpToAsManyInstancesAsARequestTakes() {
        var most = Ec2Reads.MOST_INSTANCES;

        assertThat(launches(most).areWorthTheirLaunchTimes(ofEveryZone(most), "i-0", true))
                .isTrue();
        assertThat(launches(most + 1).areWorthTheirLaunchTimes(ofEveryZone(most + 1), "i-0", true))
                .isFalse();
    }

    @Test
    void aFewThatAllGetAnAddressAreNotWorthTheirLaunchTimes() {
        assertThat(launches(10).areWorthTheirLaunchTimes(ofEveryZone(10), "i-0", false))
                .isFalse();
        assertThat(launches(10).areWorthTheirLaunchTimes(ofEveryZone(10), "i-0", true))
                .as("in a storm")
                .isTrue();
        assertThat(launches(11).areWorthTheirLaunchTimes(ofEveryZone(11), "i-0", false))
                .as("more than a few")
                .isTrue();
        assertThat(launches(10).areWorthTheirLaunchTimes(ofEveryZone(9), "i-0", false))
                .as("too few addresses")
                .isTrue();
    }

    @Test
    void whoDoesNotWaitNeedsNoLaunchTimes() {
        assertThat(launches(11).areWorthTheirLaunchTimes(NONE, "i-11", true)).isFalse();
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
