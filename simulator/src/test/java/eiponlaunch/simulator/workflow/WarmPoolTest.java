package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.run.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** An instance on its ways into a warm pool, out of it and back, where the pool keeps its instances stopped or running. */
class WarmPoolTest {
    private static final String INSTANCE = "i-0aaaabbbbccccdddd";
    private static final String INTO = "0a1b2c3d-1111-4222-8333-444455556666";
    private static final String ADDRESS = "eipalloc-00000000000000001";

    private final Workflow workflow = new Workflow();
    private final List<Object> halfAnHourLater = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"false, STOPPED", "true, RUNNING"})
    void aNewInstanceHasNoAddressInItsWarmPoolAndGetsOneWhenItLeaves(boolean running, InstanceStateName state) {
        var run = workflow.file("launch-into-warm-pool.json")
                .file("launch-out-of-warm-pool.json")
                .before(simulation -> warmPool(simulation, running))
                .run();

        assertThat(halfAnHourLater).isEqualTo(Arrays.asList(state, null));
        assertThat(run.addressOf(INSTANCE)).isEqualTo(ADDRESS);
        assertThat(run.result.continued()).isEqualTo(2);
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, STOPPED", "true, RUNNING"})
    void anInstanceThatComesBackKeepsItsAddressAndBringsItAlong(boolean running, InstanceStateName state) {
        var run = backAndOut(workflow, running).run();

        assertThat(halfAnHourLater).containsExactly(state, ADDRESS);
        assertThat(run.execution().output()).asString().contains("found=AlreadyHeld");
        assertThat(run.addressOf(INSTANCE)).isEqualTo(ADDRESS);
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, STOPPED", "true, RUNNING"})
    void withEarlyReleaseItGivesItsAddressBackAndGetsOneWhenItLeaves(boolean running, InstanceStateName state) {
        var run = backAndOut(workflow.earlyRelease(), running).run();

        assertThat(halfAnHourLater).isEqualTo(Arrays.asList(state, null));
        assertThat(run.addressOf(INSTANCE)).isEqualTo(ADDRESS);
        assertThat(run.calls("AssociateAddress")).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    private Workflow backAndOut(Workflow how, boolean running) {
        return how.file("instance-terminate-into-warm-pool.json")
                .file("launch-out-of-warm-pool.json")
                .before(simulation -> warmPool(simulation, running));
    }

    /** Somebody gave it the address by hand: it was in the way of no launch, and ends with it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInstanceThatEndsInItsWarmPoolGivesItsAddressBack(boolean earlyRelease) {
        var run = (earlyRelease ? workflow.earlyRelease() : workflow)
                .file("launch-into-warm-pool.json")
                .terminateEvent(
                        event -> event.put("time", EVENT.plusSeconds(3600).toString())
                                .withObject("/detail")
                                .put("EC2InstanceId", INSTANCE)
                                .put("Origin", "WarmPool"))
                .before(simulation -> {
                    var ec2 = simulation.ec2();
                    simulation.time().at(EVENT.plusSeconds(60), () -> ec2.associate(ADDRESS, INSTANCE, false));
                    warmPool(simulation, false);
                })
                .run();

        assertThat(halfAnHourLater).containsExactly(InstanceStateName.STOPPED, ADDRESS);
        assertThat(run.simulation().ec2().instance(INSTANCE).state().name()).isEqualTo(InstanceStateName.TERMINATED);
        assertThat(run.addressOf(INSTANCE)).isNull();
        assertThat(run.calls("DisassociateAddress")).isEqualTo(earlyRelease ? 1 : 0);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void anInstanceThatNeverCameIntoItsWarmPoolDoesNotLeaveIt() {
        var run = workflow.file("launch-into-warm-pool.json")
                .file("launch-out-of-warm-pool.json")
                .late(Duration.ofSeconds(10))
                .before(simulation -> simulation
                        .time()
                        .at(EVENT.plusSeconds(5), () -> simulation.hooks().expire(INTO)))
                .run();

        assertThat(run.result.launches()).isOne();
        assertThat(run.result.apiCalls()).isEqualTo(Map.of("CompleteLifecycleAction", 1L));
    }

    private void warmPool(Simulation simulation, boolean running) {
        if (running) {
            simulation.hooks().keepWarmPoolsRunning();
        }
        var ec2 = simulation.ec2();
        simulation
                .time()
                .at(
                        EVENT.plusSeconds(1800),
                        () -> halfAnHourLater.addAll(
                                Arrays.asList(ec2.instance(INSTANCE).state().name(), ec2.addressOf(INSTANCE))));
    }
}
