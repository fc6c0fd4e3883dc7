package eiponlaunch.simulator.world.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asl.execution.TaskRequest;
import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Disturbance.Kind;
import eiponlaunch.simulator.world.api.SimulatedApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * An instance in a Local Zone is tried with an address of the Region. That is AWS's doing only where EC2 did not tell its own
 * launch of the instance, and so not its zone.
 */
class NewInstanceOfAnotherBorderGroupTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant KNOWN = BEGIN.plusSeconds(10);
    private static final String NEW = "i-00000000000000001";
    private static final String OTHER = "i-00000000000000002";

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final SimulatedApi api = new SimulatedApi(time, CloudSettings.instant(), Faults.NONE, new Seed(1));
    private final Ec2World world = new Ec2World(time, Duration.ZERO, new WorldListeners());
    private final SimulatedEc2 ec2 = new SimulatedEc2(api, world);
    private final List<Kind> noted = new ArrayList<>();

    @BeforeEach
    void anInstanceIsLaunchedInALocalZone() {
        world.launch(NEW, InstanceStateName.RUNNING, 1, "us-east-1-bos-1a", Map.of());
        world.launch(OTHER, InstanceStateName.RUNNING, 1, Map.of());
        world.knowFrom(NEW, KNOWN);
        world.allocate("eipalloc-1", "198.18.0.1", Map.of());
        api.listenToDisturbances(disturbance -> noted.add(disturbance.kind()));
        api.begin(new TaskRequest(null, "FindFreeEip", 0, Map.of()));
    }

    @Test
    void whereItsOwnLookDidNotShowItAwsIsToBlame() {
        assertThat(shown(NEW)).isEmpty();
        associateWhenKnown();

        assertThat(noted).containsExactly(Kind.INSTANCE_LEFT_OUT, Kind.ADDRESS_REFUSED);
    }

    @Test
    void whereALaterLookShowedItAwsIsNot() {
        assertThat(shown(NEW)).isEmpty();
        until(KNOWN);
        assertThat(shown(NEW)).containsExactly(NEW);
        associateWhenKnown();

        assertThat(noted).containsExactly(Kind.INSTANCE_LEFT_OUT);
    }

    /** Whose look it was does not matter to this launch. */
    @Test
    void whereAnotherLaunchsListLeftItOutAwsIsNot() {
        assertThat(shown(NEW, OTHER)).containsExactly(OTHER);
        associateWhenKnown();

        assertThat(noted).isEmpty();
    }

    private List<String> shown(String... ids) {
        var filter = Filter.builder().name("instance-id").values(ids).build();
        return ec2.describeInstances(request -> request.filters(filter)).reservations().get(0).instances().stream()
                .map(Instance::instanceId)
                .toList();
    }

    private void associateWhenKnown() {
        until(KNOWN);
        assertThatThrownBy(() -> ec2.associateAddress(
                        request -> request.allocationId("eipalloc-1").instanceId(NEW)))
                .hasMessageContaining("network border group");
    }

    private void until(Instant then) {
        time.at(then, () -> {});
        while (time.now().isBefore(then)) {
            time.runNext();
        }
    }
}
