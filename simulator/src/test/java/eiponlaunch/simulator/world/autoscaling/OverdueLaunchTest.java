package eiponlaunch.simulator.world.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipHandler;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipInput;
import eiponlaunch.model.EipPools;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.SimulatedApi;
import eiponlaunch.simulator.world.ec2.Ec2World;
import eiponlaunch.simulator.world.ec2.SimulatedEc2;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A scheduled run finds a launch whose event is lost, also that of an instance that has waited in a warm pool for hours. */
class OverdueLaunchTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final String INSTANCE = "i-00000000000000001";
    private static final String GROUP = "g";

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final SimulatedApi api = new SimulatedApi(time, CloudSettings.instant(), Faults.NONE, new Seed(1));
    private final WorldListeners listeners = new WorldListeners();
    private final Ec2World world = new Ec2World(time, Duration.ZERO, listeners);
    private final LifecycleHooks hooks = new LifecycleHooks(time, world, listeners);
    private final SimulatedAutoScaling autoScaling = new SimulatedAutoScaling(api, hooks, world);
    private final List<Decision> decisions = new ArrayList<>();

    @BeforeEach
    void thePoolHasAnAddress() {
        listeners.add(autoScaling);
        world.allocate("eipalloc-1", "198.18.0.1", Map.of("Application", "ForwardProxy"));
    }

    @Test
    void aLaunchOutOfAWarmPoolIsOverdueTwoMinutesAfterItLeftThePool() {
        world.serves(INSTANCE, Duration.ofHours(6), Map.of("aws:autoscaling:groupName", GROUP));
        hooks.enterWarmPool(INSTANCE);
        hooks.expectFromWarmPool(INSTANCE);
        hold(false);

        assertThat(overdueAfter(Duration.ofMinutes(2))).isZero();
        assertThat(overdueAfter(Duration.ofSeconds(121))).isOne();
    }

    @Test
    void aNewInstancesLaunchIsOverdueTwoMinutesAfterItBegan() {
        hooks.expect(INSTANCE, false);
        launch();
        until(BEGIN.plusSeconds(8));
        hold(false);

        assertThat(overdueAfter(Duration.ofMinutes(2))).isZero();
        assertThat(overdueAfter(Duration.ofSeconds(121))).isOne();
    }

    /** It gets its address when it leaves the pool. */
    @Test
    void aLaunchIntoAWarmPoolIsNeverOverdue() {
        launch();
        hold(true);

        assertThat(overdueAfter(Duration.ofMinutes(5))).isZero();
    }

    private void launch() {
        world.launch(INSTANCE, InstanceStateName.RUNNING, 1, Map.of("aws:autoscaling:groupName", GROUP));
    }

    private void hold(boolean toWarmPool) {
        hooks.hold(new LifecycleHold(GROUP, "h", "t", INSTANCE, BEGIN.plusSeconds(720), toWarmPool, false, false));
    }

    private int overdueAfter(Duration sinceTheBeginning) {
        until(BEGIN.plus(sinceTheBeginning));
        var handler = new FindInstancesWithoutEipHandler(
                autoScaling, new SimulatedEc2(api, world), time.clock(), decisions::add);
        handler.handleRequest(
                new FindInstancesWithoutEipInput(
                        Map.of("autoScalingGroupName", GROUP),
                        new EipPools("Application=ForwardProxy", ""),
                        "h",
                        List.of(),
                        List.of()),
                null);
        return decisions
                .get(decisions.size() - 1)
                .metrics()
                .get(Metric.LaunchesOverdue)
                .intValue();
    }

    private void until(Instant then) {
        time.at(then, () -> {});
        while (time.now().isBefore(then)) {
            time.runNext();
        }
    }
}
