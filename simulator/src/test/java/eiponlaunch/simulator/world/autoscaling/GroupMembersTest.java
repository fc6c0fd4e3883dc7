package eiponlaunch.simulator.world.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.simulator.world.api.CloudSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** As what a group lists an instance, or whether it does, as it comes into a warm pool, leaves it, and is retained. */
class GroupMembersTest extends OneGroup {

    GroupMembersTest() {
        super(CloudSettings.instant());
    }

    @BeforeEach
    void anInstanceServes() {
        world.serves(INSTANCE, Duration.ofHours(6), OF_THE_GROUP);
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

    @Test
    void moreThanFiftyGroupsAreDescribedOnlyToWhoTakesMoreRecords() {
        var names = Stream.concat(IntStream.range(0, 50).mapToObj(number -> "g-" + number), Stream.of(GROUP))
                .toList();

        assertThatThrownBy(() -> autoScaling.describeAutoScalingGroups(request -> request.autoScalingGroupNames(names)))
                .isInstanceOf(AutoScalingException.class)
                .hasMessageContaining("The number of group names that may be passed in is limited to 50");
        assertThat(autoScaling
                        .describeAutoScalingGroups(
                                request -> request.autoScalingGroupNames(names).maxRecords(51))
                        .autoScalingGroups())
                .hasSize(1);
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
