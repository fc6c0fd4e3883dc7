package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.ReconcileRun.allocation;
import static eiponlaunch.simulator.workflow.ReconcileRun.assertHolds;
import static eiponlaunch.simulator.workflow.ReconcileRun.free;
import static eiponlaunch.simulator.workflow.ReconcileRun.input;
import static eiponlaunch.simulator.workflow.ReconcileRun.instance;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.faults.Outage;
import eiponlaunch.simulator.faults.Service;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Reconcile while AWS fails, or somebody takes addresses. */
class ReconcileDisturbedTest {
    private static final CallFault THROTTLED =
            CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");

    @Test
    void oneInstanceThatFailsDoesNotStopTheOthers() {
        var reconcile = new ReconcileRun(3, 4).start(input(false));
        reconcile.at(
                Duration.ofMinutes(59),
                simulation -> reconcile.faults.next(
                        "AssociateAddress",
                        CallFault.refused("IncorrectInstanceState", 400, "It is being terminated.")));
        reconcile.run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("1 of 3 ")
                .contains(instance(1) + ": eiponlaunch.failure.InstanceGoneException: AssociateEip failed for ");
        assertThat(reconcile.addresses()).filteredOn(address -> address != null).hasSize(2);
        assertHolds(reconcile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AssociateAddress", "DescribeAddresses", "DescribeInstances", "DescribeAutoScalingGroups"})
    void throttlingIsWaitedOut(String api) {
        var reconcile = new ReconcileRun(4, 4).start(input(false));
        var end = Workflow.EVENT.plus(Duration.ofMinutes(61));
        reconcile.faults.every(
                api,
                THROTTLED,
                now -> now.isAfter(Workflow.EVENT.plus(Duration.ofMinutes(59)))
                        && now.isBefore(
                                api.equals("DescribeAutoScalingGroups")
                                        ? Workflow.EVENT.plus(Duration.ofSeconds(3603))
                                        : end));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).doesNotContainNull();
        assertHolds(reconcile);
    }

    @Test
    void aLostResponseOfTheAssociationGivesNoSecondAddress() {
        var reconcile = new ReconcileRun(3, 5).start(input(false));
        reconcile.at(Duration.ofMinutes(59), simulation -> {
            reconcile.faults.next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
            reconcile.faults.nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER);
        });
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(reconcile);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void anOutageOfFiveMinutesIsSatOut(Service service) {
        var reconcile = new ReconcileRun(7, 7).start(input(false));
        reconcile.faults.outage(
                new Outage(service, Workflow.EVENT.plusSeconds(3500), Workflow.EVENT.plusSeconds(3900)));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(reconcile);
    }

    @ParameterizedTest
    @EnumSource(
            value = Service.class,
            names = {"LAMBDA", "EC2", "AUTO_SCALING"})
    void anOutageThatLastsEndsItInTime(Service service) {
        var reconcile = new ReconcileRun(40, 40).start(input(false));
        reconcile.faults.outage(
                new Outage(service, Workflow.EVENT.plusSeconds(3500), Workflow.EVENT.plusSeconds(99_999)));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(Duration.between(
                        reconcile.only().start(), reconcile.only().stop().orElseThrow()))
                .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(800));
        assertThat(reconcile.only().historyEvents()).isLessThan(12_500);
    }

    /** Half a minute of looks that fail, and then no time for the wait: what it is for comes first. */
    @Test
    void aRunThatFindsItsInstancesTooLateToWaitLeavesThemToTheNext() {
        var deadline = Workflow.EVENT.plusSeconds(3600 + 300);
        var reconcile = new ReconcileRun(3, 3)
                .with(workflow -> workflow.parameter("DeadlineSeconds", 300))
                .start(input(false));
        reconcile.faults.every(
                "DescribeAutoScalingGroups",
                THROTTLED,
                now -> now.isAfter(Workflow.EVENT.plusSeconds(3500)) && now.isBefore(deadline.minusSeconds(17)));
        reconcile.run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().stop().orElseThrow()).isBefore(deadline);
        assertThat(reconcile.addresses()).containsOnlyNulls();
    }

    @Test
    void theWaitAfterALostAnswerIsAsLongNearTheDeadline() {
        var reconcile = new ReconcileRun(1, 3)
                .with(workflow -> workflow.parameter("DeadlineSeconds", 30))
                .start(input(false));
        reconcile.at(Duration.ofMinutes(59), simulation -> {
            reconcile.faults.nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER);
            reconcile.faults.nextInvocation("AssociateEip", InvocationFault.THROTTLED);
            reconcile.faults.nextInvocation("AssociateEip", InvocationFault.THROTTLED);
        });
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.only().stop().orElseThrow())
                .isBetween(Workflow.EVENT.plusSeconds(3600 + 29), Workflow.EVENT.plusSeconds(3600 + 60));
        assertHolds(reconcile);
    }

    @Test
    void aStrangerThatTakesTheAddressMakesItLookAgain() {
        var reconcile = new ReconcileRun(1, 2).start(input(false)).at(Duration.ofSeconds(3619), simulation -> {
            simulation.ec2().launch("i-0fffffffffffffff1", InstanceStateName.RUNNING, 1, Map.of());
            simulation.ec2().associate(free(simulation.ec2()::address, 2), "i-0fffffffffffffff1", false);
        });
        reconcile.faults.every(
                "AssociateAddress",
                THROTTLED,
                now -> now.isAfter(Workflow.EVENT.plusSeconds(3500)) && now.isBefore(Workflow.EVENT.plusSeconds(3624)));
        reconcile.run();

        assertThat(reconcile.run.result.conflicts()).isEqualTo(1);
        assertThat(reconcile.addresses()).containsExactly(allocation(3));
        assertHolds(reconcile);
    }

    @Test
    void anErrorWithALongCauseHidesNoOtherInstance() {
        var reconcile = failing(5, "AssociateAddress", "Gateway.NotAttached", "x".repeat(40_000));

        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("5 of 5 ")
                .contains(instance(1), instance(2), instance(3), instance(4), instance(5));
    }

    /** Step Functions takes no more than 32,768 characters. */
    @Test
    void theCauseIsNoLongerThanStepFunctionsTakes() {
        var reconcile = failing(100, "AssociateAddress", "Gateway.NotAttached", "x".repeat(1000));

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("100 of 100 ")
                .contains(instance(1))
                .hasSizeLessThan(32_768);
    }

    /** EC2 refuses the call for all of them, with this message. */
    private static ReconcileRun failing(int instances, String api, String code, String message) {
        var reconcile = new ReconcileRun(instances, instances).start(input(false));
        reconcile.faults.every(
                api,
                CallFault.refused(code, 400, message),
                now -> now.isAfter(Workflow.EVENT.plus(Duration.ofMinutes(59))));
        return reconcile.run();
    }
}
