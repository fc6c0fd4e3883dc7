package eiponlaunch.simulator.world.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.SimulatedApi;
import eiponlaunch.simulator.world.ec2.Ec2World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** As what a group lists an instance, or whether it does, as it comes into a warm pool, leaves it, and is retained. */
class GroupMembersTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final String INSTANCE = "i-00000000000000001";
    private static final String GROUP = "g";

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final SimulatedApi api = new SimulatedApi(time, CloudSettings.instant(), Faults.NONE, new Seed(1));
    private final WorldListeners listeners = new WorldListeners();
    private final Ec2World world = new Ec2World(time, Duration.ZERO, listeners);
    private final LifecycleHooks hooks = new LifecycleHooks(time, world, listeners);
    private final SimulatedAutoScaling autoScaling = new SimulatedAutoScaling(api, hooks, world);

    @BeforeEach
    void anInstanceServes() {
        listeners.add(autoScaling);
        world.serves(INSTANCE, Duration.ofHours(6), Map.of("aws:autoscaling:groupName", GROUP));
        assertThat(listed()).contains(LifecycleState.IN_SERVICE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInstanceIsNotListedFromItsWayBackIntoTheWarmPoolUntilItLeavesIt(boolean running) {
        if (running) {
            hooks.keepWarmPoolsRunning();
        }
        terminating(true);
        assertThat(listed()).isEmpty();

        complete("CONTINUE");
        assertThat(listed()).isEmpty();
        assertThat(world.isAlive(INSTANCE)).isEqualTo(running);

        hooks.expectFromWarmPool(INSTANCE);
        if (!running) {
            world.start(INSTANCE);
            assertThat(listed()).contains(LifecycleState.PENDING);
            world.setState(INSTANCE, InstanceStateName.RUNNING);
        }
        hooks.hold(new LifecycleHold(GROUP, "h", "out", INSTANCE, BEGIN.plusSeconds(720), false, false, false));
        assertThat(listed()).contains(LifecycleState.PENDING_WAIT);
    }

    @Test
    void onlyWhatCameIntoAWarmPoolLeavesIt() {
        assertThatThrownBy(() -> hooks.expectFromWarmPool(INSTANCE)).hasMessageContaining(INSTANCE);
    }

    /** Also one that was to go back into the warm pool. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInstanceWhoseHookIsAbandonedEnds(boolean toWarmPool) {
        terminating(toWarmPool);
        complete("ABANDON");

        assertThat(world.instance(INSTANCE).state().name()).isEqualTo(InstanceStateName.SHUTTING_DOWN);
    }

    @Test
    void orIsRetainedWhereTheGroupRetains() {
        hooks.retainAbandoned();
        terminating(false);
        assertThat(listed()).contains(LifecycleState.TERMINATING_WAIT);

        complete("ABANDON");
        assertThat(listed()).contains(LifecycleState.TERMINATING_RETAINED);
        assertThat(world.isAlive(INSTANCE)).isTrue();

        world.terminate(INSTANCE);
        assertThat(listed()).contains(LifecycleState.TERMINATING);
    }

    private void terminating(boolean toWarmPool) {
        hooks.hold(new LifecycleHold(GROUP, "h", "t", INSTANCE, BEGIN.plusSeconds(300), toWarmPool, true, false));
    }

    private void complete(String result) {
        hooks.complete(CompleteLifecycleActionRequest.builder()
                .autoScalingGroupName(GROUP)
                .lifecycleHookName("h")
                .lifecycleActionToken("t")
                .lifecycleActionResult(result)
                .build());
    }

    private Optional<LifecycleState> listed() {
        return autoScaling
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(GROUP))
                .autoScalingGroups()
                .get(0)
                .instances()
                .stream()
                .map(instance -> instance.lifecycleState())
                .findFirst();
    }
}
