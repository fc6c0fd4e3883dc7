package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static eiponlaunch.simulator.workflow.Workflow.INSTANCE;
import static eiponlaunch.simulator.workflow.Workflow.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Latency;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Launches that end well, on the shipped definition. */
class LaunchTest {
    private final Workflow workflow = new Workflow();

    @Test
    void aQuietLaunchTakesSixStateTransitionsAndFiveCalls() {
        var run = workflow.run();

        assertThat(run.states())
                .containsExactly(
                        "FindFreeEip", "EipFound", "AssociateEip", "EipAssociated", "CompleteLifecycleContinue");
        assertThat(run.result.transitions()).isEqualTo(6);
        assertThat(run.result.apiCalls())
                .isEqualTo(Map.of(
                        "DescribeAutoScalingGroups", 1L,
                        "DescribeAddresses", 1L,
                        "DescribeInstances", 1L,
                        "AssociateAddress", 1L,
                        "CompleteLifecycleAction", 1L));
        assertThat(run.result.continued()).isOne();
        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-00000000000000001");
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void theExecutionHasTheNameThatTheLogsTellAndThatDoesNotHoldTheToken() throws IOException {
        var event = ProjectFiles.json(ProjectFiles.find().event("launch.json"));

        assertThat(workflow.run().execution().name())
                .isEqualTo(LifecycleAction.of(event).execution())
                .hasSize(32)
                .doesNotContain(TOKEN.split("-"));
    }

    @Test
    void anEventWithoutTokenStartsAnExecutionEachTimeThatItIsDelivered() {
        var run = workflow.event(event -> ((ObjectNode) event.get("detail")).remove("LifecycleActionToken"))
                .before(simulation -> simulation.time().after(Duration.ofMinutes(5), () -> simulation.deliverAgain(0)))
                .run();

        assertThat(run.executions("EipOnLaunch"))
                .hasSize(2)
                .allMatch(e -> e.error().orElseThrow().equals("eiponlaunch.failure.MalformedEventException"));
        assertThat(run.result.abandoned()).isOne();
    }

    /** 1.0.0 named executions after the token itself, so a duplicate that comes after an update starts another one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300})
    void anEventThatIsDeliveredBeforeAndAfterTheNameChangedChangesNothing(int secondsBetween) throws IOException {
        var event = ProjectFiles.json(ProjectFiles.find().event("launch.json"));
        var run = workflow.pool(2)
                .late(Duration.ofSeconds(secondsBetween))
                .before(simulation ->
                        simulation.time().at(EVENT, () -> simulation.startExecution("EipOnLaunch", TOKEN, event)))
                .run();

        assertThat(run.executions("EipOnLaunch")).hasSize(2).allMatch(e -> e.status() == ExecutionStatus.SUCCEEDED);
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void theOutputTellsTheInstanceItsAddressAndTheLifecycleAction() {
        assertThat(workflow.run().execution().output())
                .isEqualTo(Map.of(
                        "instanceId", INSTANCE,
                        "eip", Map.of("allocationId", "eipalloc-00000000000000001", "publicIp", "198.18.0.1"),
                        "found", "Found",
                        "result", "CONTINUE",
                        "lifecycleAction", "Completed"));
    }

    @Test
    void aDuplicateEventWhileTheFirstRunsEndsWellAndChangesNothing() {
        var run = workflow.cloud(CloudSettings.documented())
                .pool(2)
                .file("launch.json")
                .file("launch-duplicate.json")
                .run();

        assertThat(run.executions("StartOnce")).hasSize(2).allMatch(e -> e.status() == ExecutionStatus.SUCCEEDED);
        assertThat(run.executions("EipOnLaunch")).hasSize(1);
        assertThat(run.calls("AssociateAddress")).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aDuplicateEventAfterTheFirstHasEndedEndsWellAndChangesNothing() {
        var run = workflow.before(
                        simulation -> simulation.time().after(Duration.ofMinutes(5), () -> simulation.deliverAgain(0)))
                .run();

        assertThat(run.statesOfStartOnce()).containsExactly("StartOnce", "StartOnce", "DuplicateEvent");
        assertThat(run.executions("StartOnce")).hasSize(2).allMatch(e -> e.status() == ExecutionStatus.SUCCEEDED);
        assertThat(run.executions("EipOnLaunch")).hasSize(1);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void anInstanceThatHasAnAddressOfThePoolGoesStraightToContinue() {
        var run = workflow.pool(2)
                .before(simulation -> simulation
                        .time()
                        .at(
                                Workflow.EVENT,
                                () -> simulation.ec2().associate("eipalloc-00000000000000002", INSTANCE, false)))
                .run();

        assertThat(run.states()).containsExactly("FindFreeEip", "EipFound", "CompleteLifecycleContinue");
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.result.continued()).isOne();
        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-00000000000000002");
    }

    @Test
    void anAddressTakenMeanwhileLeadsStraightBackToFindFreeEip() {
        workflow.faults.next("AssociateAddress", refused("Resource.AlreadyAssociated"));
        var run = workflow.pool(2).run();

        assertThat(run.states())
                .containsExactly(
                        "FindFreeEip",
                        "EipFound",
                        "AssociateEip",
                        "EipAssociated",
                        "FindFreeEip",
                        "EipFound",
                        "AssociateEip",
                        "EipAssociated",
                        "CompleteLifecycleContinue");
        assertThat(run.stoppedAfterSeconds()).isZero();
    }

    @Test
    void anAddressReleasedMeanwhileLeadsStraightBackToFindFreeEip() {
        workflow.faults.next("AssociateAddress", refused("InvalidAllocationID.NotFound"));
        var run = workflow.pool(2).run();

        assertThat(run.states())
                .containsOnlyOnce("CompleteLifecycleContinue")
                .filteredOn("FindFreeEip"::equals)
                .hasSize(2);
        assertThat(run.stoppedAfterSeconds()).isZero();
    }

    /** An address that is gone has no tags by which EC2 would allow the call. */
    @Test
    void anAddressReleasedMeanwhileForWhichEc2DeniesTheCallLeadsToAnotherOne() {
        workflow.cloud(CloudSettings.documented()).faults.goneDenied();
        var run = workflow.pool(2)
                .before(simulation -> simulation.listenToCalls(call -> {
                    if (call.api().equals("DescribeAddresses")
                            && simulation.ec2().address("eipalloc-00000000000000001") != null) {
                        simulation.ec2().release("eipalloc-00000000000000001");
                    }
                }))
                .run();

        assertThat(run.calls("AssociateAddress")).isEqualTo(2);
        assertThat(run.addressOf(Workflow.INSTANCE)).isEqualTo("eipalloc-00000000000000002");
        assertThat(run.stoppedAfterSeconds()).isLessThan(10);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void everyFifthConflictMakesAShortPause() {
        for (var conflict = 1; conflict <= 5; conflict++) {
            workflow.faults.next("AssociateAddress", refused("Resource.AlreadyAssociated"));
        }
        var run = workflow.pool(6).run();

        assertThat(run.states()).containsOnlyOnce("PauseAfterConflicts");
        assertThat(run.secondsOf("PauseAfterConflicts")).containsExactly(0.0);
        assertThat(run.stoppedAfterSeconds()).isBetween(1.0, 3.0);
        assertThat(run.result.continued()).isOne();
    }

    @Test
    void aLostResponseOfAssociateAddressIsRetriedForTheSameAddress() {
        workflow.pool(5).faults.next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
        var run = workflow.run();

        assertThat(run.attempts("AssociateEip")).isEqualTo(2);
        assertThat(run.attempts("FindFreeEip")).isOne();
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void anInstanceThatIsStillPendingIsTriedAgainAfterFiveSeconds() {
        var run = workflow.before(LaunchTest::pendingForTwelveSeconds).run();

        assertThat(run.attempts("AssociateEip")).isEqualTo(4);
        assertThat(run.stoppedAfterSeconds()).isEqualTo(15);
        assertThat(run.result.continued()).isOne();
    }

    private static void pendingForTwelveSeconds(Simulation simulation) {
        var time = simulation.time();
        time.at(Workflow.EVENT.minusSeconds(1), () -> simulation.ec2().setState(INSTANCE, InstanceStateName.PENDING));
        time.at(Workflow.EVENT.plusSeconds(12), () -> simulation.ec2().setState(INSTANCE, InstanceStateName.RUNNING));
    }

    /** Its error would be retried after five seconds, a lost answer within one. */
    @Test
    void aRefusalWhoseAnswerIsLostIsALostAnswer() {
        workflow.faults.next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
        var run = workflow.before(LaunchTest::pendingForTwelveSeconds).run();

        assertThat(run.attempts("AssociateEip")).isEqualTo(4);
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aLaunchInALocalZoneGetsAnAddressOfItsBorderGroupAndWaitsForOne() {
        var run = workflow.before(Workflow.inBoston(Duration.ofSeconds(60))).run();

        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-boston");
        assertThat(run.calls("AssociateAddress")).isOne();
        assertThat(run.states()).contains("WaitForFreeEip");
    }

    @Test
    void anInstanceWithSeveralInterfacesGetsItsAddressToo() {
        var run = workflow.before(simulation -> simulation
                        .ec2()
                        .launch(
                                INSTANCE,
                                InstanceStateName.RUNNING,
                                2,
                                Map.of("aws:autoscaling:groupName", "forward-proxy")))
                .run();

        assertThat(run.calls("DescribeInstances")).isEqualTo(2); // for the queue and the primary interface
        assertThat(run.result.continued()).isOne();
        assertThat(run.addressOf(INSTANCE)).isNotNull();
    }

    @Test
    void ofSeveralNetworkCardsTheFirstOnesFirstDeviceGetsTheAddress() {
        var run = workflow.before(simulation ->
                        simulation.ec2().launchWithCards(INSTANCE, InstanceStateName.RUNNING, 4, Map.of()))
                .run();

        assertThat(run.result.continued()).isOne();
        assertThat(run.simulation().ec2().address(run.addressOf(INSTANCE)).networkInterfaceId())
                .isEqualTo("eni-0123456789abcdef0-0-0");
    }

    @Test
    void anInstanceThatEc2DoesNotKnowYetIsWaitedFor() {
        workflow.faults.unknownFor(Duration.ofSeconds(60));
        var run = workflow.run();

        assertThat(run.result.continued()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(52.0, 57.0); // it was launched eight seconds before the event
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void anInstanceThatEc2DoesNotKnowTwoMinutesAfterTheEventIsGone() {
        workflow.faults.unknownFor(Duration.ofSeconds(500));
        var run = workflow.run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.InstanceGoneException");
        assertThat(run.stoppedAfterSeconds()).isBetween(120.0, 125.0);
    }

    /** Its own launch is not answered here: Auto Scaling does not list it with its group's instances. */
    @Test
    void anInstanceOnItsWayIntoTheWarmPoolKeepsNobodyWaiting() {
        var run = workflow.before(simulation -> {
                    var id = "i-0000000000000000a";
                    simulation.hooks().expect(id, true);
                    simulation
                            .ec2()
                            .launch(
                                    id,
                                    InstanceStateName.RUNNING,
                                    1,
                                    Map.of("aws:autoscaling:groupName", "forward-proxy"));
                })
                .run();

        assertThat(run.states()).doesNotContain("WaitForFreeEip");
        assertThat(run.result.continued()).isOne();
    }

    @Test
    void aLaunchIntoAWarmPoolContinuesWithoutAnAddressAndGetsOneWhenItLeaves() {
        var run = workflow.file("launch-into-warm-pool.json").run();
        assertThat(run.states()).containsExactly("FindFreeEip", "EipFound", "CompleteLifecycleContinue");
        assertThat(run.result.apiCalls()).isEqualTo(Map.of("CompleteLifecycleAction", 1L));

        run = new Workflow()
                .file("launch-into-warm-pool.json")
                .file("launch-out-of-warm-pool.json")
                .run();
        assertThat(run.result.continued()).isEqualTo(2);
        assertThat(run.calls("AssociateAddress")).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    /** Auto Scaling's first answer shows it still in its warm pool. The wait until it shows it explains a late CONTINUE. */
    @Test
    void anInstanceThatHasJustLeftItsWarmPoolWaitsToBeShown() {
        var run = workflow.file("launch-into-warm-pool.json")
                .file("launch-out-of-warm-pool.json")
                .before(simulation -> simulation.hooks().keepWarmPoolsRunning())
                .cloud(CloudSettings.instant()
                        .withStaleness(Duration.ofSeconds(1))
                        .withLatency("DescribeAddresses", Latency.ofMillis(3_000, 3_000))
                        .withLatency("AssociateAddress", Latency.ofMillis(5_500, 5_500)))
                .run();

        assertThat(run.states())
                .endsWith(
                        "WaitToBeShown",
                        "FindFreeEip",
                        "EipFound",
                        "AssociateEip",
                        "EipAssociated",
                        "CompleteLifecycleContinue");
        assertThat(run.result.continued()).isEqualTo(2);
        assertThat(run.result.violations()).isEmpty();
    }

    private static CallFault refused(String code) {
        return CallFault.refused(code, 400, "meanwhile");
    }
}
