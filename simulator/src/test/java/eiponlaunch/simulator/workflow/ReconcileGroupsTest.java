package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.ReconcileRun.assertHolds;
import static eiponlaunch.simulator.workflow.ReconcileRun.input;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.faults.CallFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Which groups and pools an input of Reconcile chooses. */
class ReconcileGroupsTest {
    @Test
    void anotherPoolMayBeChosenByTheKeysThatHooksMayName() {
        var input = Map.of("autoScalingGroupName", ReconcileRun.GROUP, "eipPool", Map.of("Application", "MailGateway"));
        var reconcile = new ReconcileRun(1, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(
                        Duration.ofMinutes(1),
                        simulation -> simulation
                                .ec2()
                                .allocate("eipalloc-mail", "198.18.9.9", Map.of("Application", "MailGateway")))
                .start(input)
                .run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).containsExactly("eipalloc-mail");
        assertHolds(reconcile);
    }

    @Test
    void aPoolThatHooksMayNotNameIsRefused() {
        var reconcile = new ReconcileRun(1, 3)
                .start(Map.of("autoScalingGroupName", ReconcileRun.GROUP, "eipPool", Map.of("Owner", "net")))
                .run();

        assertThat(reconcile.only().error()).contains("eiponlaunch.failure.MalformedMetadataException");
        assertThat(reconcile.only().cause().orElseThrow()).contains("not one of HookPoolTagKeys");
        assertHolds(reconcile);
    }

    @Test
    void aGroupThatDoesNotExistFails() {
        var reconcile = new ReconcileRun(0, 1)
                .start(Map.of("autoScalingGroupName", "no-such-group"))
                .run();

        assertThat(reconcile.only().error()).contains("GroupNotFound");
        assertThat(reconcile.only().cause().orElseThrow()).contains("no-such-group");
    }

    @Test
    void aGroupThatCannotBeDescribedFailsWithTheErrorOfTheFunction() {
        var reconcile = new ReconcileRun(1, 1).start(input(false));
        reconcile.faults.every("DescribeAutoScalingGroups", CallFault.refused("AccessDenied", 403, "not authorized"));
        reconcile.run();

        assertThat(reconcile.only().error()).contains("eiponlaunch.failure.AccessDeniedException");
        assertThat(reconcile.only().cause().orElseThrow())
                .contains("FindInstancesWithoutEip for old-proxies failed, AccessDenied: not authorized.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "'old-proxies'",
                "{'autoScalingGroupName': ''}",
                "{'autoScalingGroupName': 7}",
                "{'autoScalingGroupName': ['a']}",
                "{'autoScalingGroupNames': []}",
                "{'autoScalingGroupNames': 'old-proxies'}",
                "{'autoScalingGroupName': 'old-proxies', 'autoScalingGroupNames': ['old-proxies']}",
                "{'autoScalingGroupName': 'old-proxies', 'dryRun': 'yes'}",
                "{'autoScalingGroupName': 'old-proxies', 'dryRun': null}",
                "{'autoScalingGroupName': 'old-proxies', 'eipPool': 'Application=MailGateway'}"
            })
    void aMalformedInputFailsBeforeAnyCall(String input) throws Exception {
        var reconcile = new ReconcileRun(1, 1)
                .start(new ObjectMapper().readValue(input.replace('\'', '"'), Object.class))
                .run();

        assertThat(reconcile.only().error()).contains("MalformedInput");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("The input must be {\"autoScalingGroupName\":")
                .contains("The input");
        assertThat(reconcile.run.calls("DescribeAutoScalingGroups"))
                .as("that of the launch")
                .isOne();
    }

    @Test
    void severalGroupsAreServedAndOneThatIsNotThereIsNamed() {
        var reconcile = new ReconcileRun(2, 3)
                .at(
                        Duration.ofMinutes(30),
                        simulation -> simulation
                                .ec2()
                                .launch(
                                        "i-0fffffffffffffff1",
                                        InstanceStateName.RUNNING,
                                        1,
                                        Map.of("aws:autoscaling:groupName", "second")))
                .start(Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP, "no-such-group", "second")))
                .run();

        assertThat(reconcile.only().error()).contains("GroupNotFound");
        assertThat(reconcile.only().cause().orElseThrow())
                .contains("no-such-group")
                .doesNotContain("second");
        assertThat(reconcile.addresses()).doesNotContainNull();
        assertThat(reconcile.run.addressOf("i-0fffffffffffffff1")).isNotNull();
        assertHolds(reconcile);
    }

    /** As its launches do. */
    @Test
    void aScheduledRunGivesTheInstancesOfAGroupAddressesOfThePoolThatItsHookChooses() {
        var reconcile = new ReconcileRun(1, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(Duration.ofMinutes(1), simulation -> {
                    simulation
                            .hooks()
                            .configure(hook("associate-eip", "{\"eipPool\": {\"Application\": \"MailGateway\"}}"));
                    simulation.ec2().allocate("eipalloc-mail", "198.18.9.9", Map.of("Application", "MailGateway"));
                })
                .start(Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP)))
                .run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).containsExactly("eipalloc-mail");
        assertHolds(reconcile);
    }

    @Test
    void aGroupWhoseHookChoosesItsPoolInAFormThatIsNotReadIsLeftOut() {
        var reconcile = new ReconcileRun(1, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(
                        Duration.ofMinutes(1),
                        simulation -> simulation.hooks().configure(hook("associate-eip", "{\"eipPool\": 7}")))
                .start(Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP)))
                .run();

        assertThat(reconcile.only().error()).contains("GroupLeftOut");
        assertThat(reconcile.only().cause().orElseThrow()).contains(ReconcileRun.GROUP, "NotificationMetadata");
        assertThat(reconcile.addresses()).containsOnlyNulls();
    }

    private static LifecycleHook hook(String name, String metadata) {
        return LifecycleHook.builder()
                .autoScalingGroupName(ReconcileRun.GROUP)
                .lifecycleHookName(name)
                .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING")
                .notificationMetadata(metadata)
                .build();
    }
}
