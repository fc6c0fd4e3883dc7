package eiponlaunch.simulator.world.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import asl.definition.Definition;
import asl.execution.Execution;
import asl.execution.StepFunctions;
import asl.execution.TaskRequest;
import asl.time.Seed;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Disturbance.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** An instance has left its warm pool, which answers of Auto Scaling may not show yet. Only an execution's own instance matters to it. */
class LeftOutOfItsGroupTest extends OneGroup {
    private static final Duration STALENESS = Duration.ofSeconds(1);
    private static final String OTHER = "i-00000000000000002";

    private final StepFunctions stepFunctions = new StepFunctions(time, new Seed(1), () -> Duration.ZERO, Map.of());
    private final List<Kind> noted = new ArrayList<>();

    LeftOutOfItsGroupTest() {
        super(CloudSettings.instant().withStaleness(STALENESS));
    }

    @BeforeEach
    void anInstanceLeavesItsWarmPool() {
        api.listenToDisturbances(disturbance -> noted.add(disturbance.kind()));
        stepFunctions.createStateMachine("M", Definition.parse("""
                        {"StartAt": "Wait", "QueryLanguage": "JSONata", "States": {"Wait": {"Type": "Wait", "Seconds": 9999, "End": true}}}"""));
        hooks.expect(INSTANCE, true);
        world.launch(INSTANCE, InstanceStateName.RUNNING, 1, OF_THE_GROUP);
        world.launch(OTHER, InstanceStateName.RUNNING, 1, OF_THE_GROUP);
        until(BEGIN.plusSeconds(60));
        hooks.hold(new LifecycleHold(GROUP, "h", "t", INSTANCE, BEGIN.plusSeconds(720), false, false, false));
    }

    @Test
    void anAnswerOfBeforeThatLeavesItOut() {
        lookOf(INSTANCE);

        assertThat(shownIn(GROUP)).containsExactly(OTHER);
        assertThat(noted).containsExactly(Kind.INSTANCE_LEFT_OUT);
    }

    @Test
    void anAnswerOfSinceThenDoesNot() {
        until(time.now().plus(STALENESS));
        lookOf(INSTANCE);

        assertThat(shownIn(GROUP)).contains(INSTANCE);
        assertThat(noted).isEmpty();
    }

    @Test
    void anotherLaunchsAnswerMayLeaveItOut() {
        lookOf(OTHER);

        assertThat(shownIn(GROUP)).containsExactly(OTHER);
        assertThat(noted).isEmpty();
    }

    @Test
    void anAnswerAboutAnotherGroupDoesNotLeaveItOut() {
        lookOf(INSTANCE);

        assertThat(shownIn("another")).isEmpty();
        assertThat(noted).isEmpty();
    }

    @Test
    void anAnswerDoesNotLeaveOutWhatIsGone() {
        world.setState(INSTANCE, InstanceStateName.TERMINATED);
        lookOf(INSTANCE);

        assertThat(shownIn(GROUP)).containsExactly(OTHER);
        assertThat(noted).isEmpty();
    }

    private void lookOf(String instanceId) {
        api.begin(new TaskRequest(execution(instanceId), "FindFreeEip", 0, Map.of()));
    }

    private Execution execution(String instanceId) {
        return stepFunctions.startExecution(
                StepFunctions.stateMachineArn("M"), "e", Map.of("detail", Map.of("EC2InstanceId", instanceId)));
    }

    private List<String> shownIn(String group) {
        return autoScaling
                .describeAutoScalingGroups(request -> request.autoScalingGroupNames(group))
                .autoScalingGroups()
                .stream()
                .flatMap(shown -> shown.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }
}
