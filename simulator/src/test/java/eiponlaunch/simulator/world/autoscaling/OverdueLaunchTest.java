package eiponlaunch.simulator.world.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipHandler;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipInput;
import eiponlaunch.model.EipPools;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.ec2.SimulatedEc2;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A scheduled run finds a launch whose event is lost, also that of an instance that has waited in a warm pool for hours. */
class OverdueLaunchTest extends OneGroup {

    private final List<Decision> decisions = new ArrayList<>();

    OverdueLaunchTest() {
        super(CloudSettings.instant());
    }

    @BeforeEach
    void thePoolHasAnAddress() {
        world.allocate("eipalloc-1", "198.18.0.1", Map.of("Application", "ForwardProxy"));
    }

    @Test
    void aLaunchOutOfAWarmPoolIsOverdueTwoMinutesAfterItLeftThePool() {
        world.serves(INSTANCE, Duration.ofHours(6), OF_THE_GROUP);
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
        world.launch(INSTANCE, InstanceStateName.RUNNING, 1, OF_THE_GROUP);
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
}
