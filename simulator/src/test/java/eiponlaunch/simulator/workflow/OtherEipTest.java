package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static eiponlaunch.simulator.workflow.Workflow.INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The instance has an Elastic IP that somebody else gave it, on the shipped definitions. */
class OtherEipTest {
    private static final String OTHER = "eipalloc-other";
    private static final String UNCERTAIN = "eiponlaunch.failure.OtherEipUncertainException";
    private static final String OTHER_EIP = "eiponlaunch.failure.OtherEipException";

    private final Workflow workflow = new Workflow();

    /** Another stack with the same hook names answers the launch as well, and was quicker. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void theAddressOfAnotherStackStaysAndTheLaunchIsNotTouched(int pool) {
        var run = workflow.pool(pool)
                .before(simulation -> otherAddressAt(EVENT.minusSeconds(1), simulation))
                .run();

        assertThat(run.states()).containsExactly("FindFreeEip", "LaunchLeftAlone");
        assertThat(run.execution().error()).contains(OTHER_EIP);
        assertThat(run.execution().cause().orElseThrow()).contains(INSTANCE, "198.18.9.9", "HookNames");
        assertThat(run.addressOf(INSTANCE)).isNull(); // the other stack never answers here, so the heartbeat ended
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.calls("CompleteLifecycleAction")).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    /** EC2 shows it on the instance and no longer in the pool, as its answers are of different times. */
    @Test
    void anAddressOfThePoolThatSomebodyReleasesDuringTheLaunchIsNoOther() {
        for (var tenths = 110; tenths <= 150; tenths++) {
            var released = EVENT.plusMillis(100 * tenths);
            var launch = new Workflow().pool(2).seed(tenths).cloud(CloudSettings.documented());
            launch.faults.ownPairRefused().next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
            var run = launch.before(simulation -> simulation
                            .time()
                            .at(released, () -> simulation.ec2().release("eipalloc-00000000000000001")))
                    .run();

            assertThat(run.result.continued()).as("released at " + released).isOne();
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /** EC2 shows it on the instance, then nowhere for some seconds: its answers are of different times. */
    @Test
    void anAddressOfAnotherStackThatWasSightedIsLookedForAgainWhenEc2HasHadTimeToShowIt() {
        workflow.faults.staleReads(Duration.ofSeconds(15)).nextReads(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        var run = workflow.before(simulation -> otherAddressAt(EVENT.minusSeconds(1), simulation))
                .run();

        assertThat(run.states())
                .containsExactly("FindFreeEip", "DeadlineLeft", "WaitToFindAgain", "FindFreeEip", "LaunchLeftAlone");
        assertThat(run.execution().error()).contains(OTHER_EIP);
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    /** The launch is the other stack's, or ends with its heartbeat: no look would be in time to say that the address has gone. */
    @ParameterizedTest
    @CsvSource({"17, 1", "30, 2"})
    void aLaunchWhoseOtherAddressIsUncertainNearTheDeadlineIsLeftAlone(int deadline, int looks) {
        var now = Duration.ZERO;
        var old = Duration.ofSeconds(15);
        workflow.faults.staleReads(old).nextReads(now, now, now, old, old, old, old, now);
        var run = workflow.parameter("DeadlineSeconds", deadline)
                .before(simulation -> otherAddressUntil(EVENT.plusSeconds(8), simulation))
                .run();

        assertThat(run.secondsOf("FindFreeEip")).hasSize(looks);
        assertThat(run.states()).endsWith("DeadlineLeft", "LaunchLeftAlone");
        assertThat(run.execution().error()).contains(UNCERTAIN);
        assertThat(run.execution().cause().orElseThrow()).contains(INSTANCE, "198.18.9.9", "do not agree");
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.calls("CompleteLifecycleAction")).isZero();
    }

    /** Whatever ends the looks after that, ABANDON could end another stack's instance. */
    @ParameterizedTest
    @CsvSource({
        "UnauthorizedOperation, 403, AccessDeniedException",
        "InvalidParameterValue, 400, UnexpectedAwsErrorException",
        "RequestLimitExceeded, 503, DeadlinePassedException",
        "InternalError, 500, AwsUnavailableException"
    })
    void aLaunchWhoseOtherAddressIsUncertainIsLeftAloneThoughNoFurtherLookSucceeds(
            String code, int status, String error) {
        var now = Duration.ZERO;
        workflow.faults
                .staleReads(Duration.ofSeconds(15))
                .nextReads(now, now, now)
                .every(
                        "DescribeAddresses",
                        CallFault.refused(code, status, "No."),
                        at -> at.isAfter(EVENT.plusSeconds(5)));
        var run = workflow.before(simulation -> otherAddressAt(EVENT.minusSeconds(1), simulation))
                .run();

        assertThat(run.states()).endsWith("LaunchLeftAlone").doesNotContain("CompleteLifecycleAbandon");
        assertThat(run.errors("FindFreeEip")).first().isEqualTo(UNCERTAIN);
        assertThat(run.execution().error()).contains("eiponlaunch.failure." + error);
        assertThat(run.execution().cause().orElseThrow())
                .contains(INSTANCE)
                .endsWith(
                        " Neither CONTINUE nor ABANDON was sent: the launch belongs, or may belong, to another hook or stack.");
        assertThat(run.calls("CompleteLifecycleAction")).isZero();
    }

    /** A look that EC2 has had time for tells that the other address has gone. */
    @Test
    void aLaunchWhoseOtherAddressHasGoneIsAbandonedForALaterFailure() {
        var now = Duration.ZERO;
        workflow.faults
                .staleReads(Duration.ofSeconds(15))
                .nextReads(now, now, now)
                .every(
                        "DescribeAddresses",
                        CallFault.refused("UnauthorizedOperation", 403, "No."),
                        at -> at.isAfter(EVENT.plusSeconds(40)));
        var run = workflow.pool(0)
                .before(simulation -> otherAddressUntil(EVENT.plusMillis(900), simulation))
                .run();

        assertThat(run.states()).contains("WaitForFreeEip").endsWith("CompleteLifecycleAbandon", "LaunchAbandoned");
        assertThat(run.errors("FindFreeEip")).first().isEqualTo(UNCERTAIN);
        assertThat(run.execution().error()).contains("eiponlaunch.failure.AccessDeniedException");
    }

    /** With time left, an address that has gone costs the launch no more than the wait. */
    @Test
    void aLaunchWhoseOtherAddressHasGoneGetsOneOfThePool() {
        var now = Duration.ZERO;
        workflow.faults.staleReads(Duration.ofSeconds(15)).nextReads(now, now, now);
        var run = workflow.before(simulation -> otherAddressUntil(EVENT.plusMillis(900), simulation))
                .run();

        assertThat(run.states()).contains("WaitToFindAgain").doesNotContain("LaunchLeftAlone");
        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-00000000000000001");
        assertThat(run.result.continued()).isOne();
    }

    @Test
    void anAddressThatComesWhileTheLaunchWaitsForOneStaysToo() {
        var run = workflow.pool(0)
                .before(simulation -> otherAddressAt(EVENT.plusSeconds(100), simulation))
                .run();

        assertThat(run.states()).contains("WaitForFreeEip").endsWith("FindFreeEip", "LaunchLeftAlone");
        assertThat(run.stoppedAfterSeconds()).isBetween(100.0, 140.0);
        assertThat(run.calls("CompleteLifecycleAction")).isZero();
    }

    /** Nothing in AssociateAddress keeps the second of two stacks from that; the other address is free again. */
    @Test
    void anAddressThatAnotherStackAssociatesAfterTheLookIsReplaced() {
        workflow.faults.nextInvocation("AssociateEip", InvocationFault.THROTTLED);
        var run = workflow.before(simulation -> otherAddressAt(EVENT.plusMillis(1), simulation))
                .run();

        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-00000000000000001");
        assertThat(run.result.continued()).isOne();
    }

    @Test
    void anAutomaticPublicAddressIsReplaced() {
        var run = workflow.before(simulation -> simulation
                        .time()
                        .at(EVENT.minusSeconds(1), () -> simulation.ec2().giveAutomaticAddress(INSTANCE, "198.18.9.9")))
                .run();

        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-00000000000000001");
        assertThat(run.result.continued()).isOne();
    }

    /** The second hook's event comes ten seconds after the first's. */
    @Test
    void twoHooksWithDifferentPoolsOnOneInstanceLeaveItTheAddressOfTheFirst() {
        var run = workflow.parameter("HookNames", "associate-eip,mail")
                .parameter("HookPoolTagKeys", "Application")
                .file("launch.json")
                .event(ofTheSecondHook())
                .before(simulation ->
                        simulation.ec2().allocate(OTHER, "198.18.9.9", Map.of("Application", "MailGateway")))
                .run();

        assertThat(run.addressOf(INSTANCE)).isNull(); // its second hook ran into its heartbeat
        assertThat(run.calls("AssociateAddress")).isOne();
        assertThat(run.executions("EipOnLaunch")).hasSize(2);
        assertThat(run.execution().error()).contains(OTHER_EIP);
        assertThat(run.execution().cause().orElseThrow()).contains("198.18.0.1", "Application=MailGateway");
        assertThat(run.calls("CompleteLifecycleAction")).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void reconcileListsTheInstanceAndLeavesItsAddress() {
        var reconcile = new ReconcileRun(2, 2)
                .at(Duration.ofMinutes(30), OtherEipTest::giveOtherToTheFirst)
                .start(ReconcileRun.input(false))
                .run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .contains("1 of 2", ReconcileRun.instance(1) + ": " + OTHER_EIP, "198.18.9.9");
        assertThat(reconcile.addresses().get(0)).isEqualTo(OTHER);
        assertThat(reconcile.addresses().get(1)).isNotNull();
    }

    @Test
    void reconcileLooksForAnAddressThatWasSightedWhenEc2HasHadTimeToShowIt() {
        var reconcile = new ReconcileRun(1, 1)
                .at(Duration.ofMinutes(30), OtherEipTest::giveOtherToTheFirst)
                .at(Duration.ofMinutes(31), simulation -> {
                    simulation.ec2().disassociate(OTHER, false);
                })
                .start(ReconcileRun.input(false));
        reconcile.at(Duration.ofSeconds(3605), simulation -> {
            simulation.ec2().associate(OTHER, ReconcileRun.instance(1), false);
            reconcile.faults.staleReads(Duration.ofSeconds(15));
        });
        var now = Duration.ZERO;
        reconcile.at(Duration.ofSeconds(3615), simulation -> reconcile.faults.nextReads(now, now, now, now));
        reconcile.run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow()).contains(ReconcileRun.instance(1) + ": " + OTHER_EIP);
        assertThat(reconcile.addresses()).containsExactly(OTHER);
    }

    @Test
    void reconcileReplacesItWhenItIsTold() {
        var input = ReconcileRun.input(false);
        input.put("replaceOtherEips", true);
        var reconcile = new ReconcileRun(2, 2)
                .at(Duration.ofMinutes(30), OtherEipTest::giveOtherToTheFirst)
                .start(input)
                .run();

        assertThat(reconcile.only().error()).isEmpty();
        assertThat(reconcile.addresses()).doesNotContain(OTHER).doesNotContainNull();
    }

    private static void giveOtherToTheFirst(Simulation simulation) {
        simulation.ec2().allocate(OTHER, "198.18.9.9", Map.of());
        simulation.ec2().associate(OTHER, ReconcileRun.instance(1), false);
    }

    private static void otherAddressAt(Instant time, Simulation simulation) {
        simulation.time().at(time, () -> {
            simulation.ec2().allocate(OTHER, "198.18.9.9", Map.of("Application", "OtherStack"));
            simulation.ec2().associate(OTHER, INSTANCE, false);
        });
    }

    /** It has gone before EC2's answers tell so. */
    private static void otherAddressUntil(Instant gone, Simulation simulation) {
        otherAddressAt(EVENT.minusSeconds(1), simulation);
        simulation.time().at(gone, () -> simulation.ec2().release(OTHER));
    }

    private static Consumer<ObjectNode> ofTheSecondHook() {
        return event -> ((ObjectNode)
                        event.put("time", EVENT.plusSeconds(10).toString()).get("detail"))
                .put("LifecycleHookName", "mail")
                .put("LifecycleActionToken", "99999999-9999-9999-9999-999999999999")
                .put("NotificationMetadata", "{\"eipPool\": {\"Application\": \"MailGateway\"}}");
    }
}
