package eiponlaunch.simulator.world.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.faults.SeededFaults;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.SimulatedApi;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** DisassociateAddress of an association that is over: EC2's reference calls it idempotent, and a refusal has been seen. */
class PastAssociationTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final String ADDRESS = "eipalloc-1";
    private static final String OLD = "i-00000000000000001";
    private static final String NEW = "i-00000000000000002";

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final Ec2World world = new Ec2World(time, Duration.ZERO, new WorldListeners());
    private String past;

    @BeforeEach
    void theAddressMovesToAnotherInstance() {
        world.allocate(ADDRESS, "198.18.0.1", Map.of());
        world.launch(OLD, InstanceStateName.RUNNING, 1, Map.of());
        world.launch(NEW, InstanceStateName.RUNNING, 1, Map.of());
        past = world.associate(ADDRESS, OLD, false).associationId();
        world.disassociate(ADDRESS, false);
        world.associate(ADDRESS, NEW, false);
    }

    @Test
    void endingItOnceMoreSucceedsAndTheNewHolderKeepsTheAddress() {
        disassociate(past, Faults.NONE);

        assertThat(world.addressOf(NEW)).isEqualTo(ADDRESS);
    }

    @Test
    void orIsRefused() {
        var faults = new SeededFaults(EnumSet.of(FaultName.PAST_ASSOCIATION_REFUSED), new Seed(1));

        assertThatThrownBy(() -> disassociate(past, faults)).hasMessageContaining("does not exist");
        assertThat(world.addressOf(NEW)).isEqualTo(ADDRESS);
    }

    @Test
    void orIsDenied() {
        var faults = new SeededFaults(EnumSet.of(FaultName.GONE_DENIED), new Seed(1));

        assertThatThrownBy(() -> disassociate(past, faults)).hasMessageContaining("not authorized");
        assertThat(world.addressOf(NEW)).isEqualTo(ADDRESS);
    }

    @Test
    void anAssociationThatNeverWasIsRefused() {
        assertThatThrownBy(() -> disassociate(ADDRESS, Faults.NONE)).hasMessageContaining("does not exist");
    }

    private void disassociate(String associationId, Faults faults) {
        new SimulatedEc2(new SimulatedApi(time, CloudSettings.instant(), faults, new Seed(1)), world)
                .disassociateAddress(request -> request.associationId(associationId));
    }
}
