package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.ReconcileRun.allocation;
import static eiponlaunch.simulator.workflow.ReconcileRun.assertHolds;
import static eiponlaunch.simulator.workflow.ReconcileRun.count;
import static eiponlaunch.simulator.workflow.ReconcileRun.free;
import static eiponlaunch.simulator.workflow.ReconcileRun.input;
import static eiponlaunch.simulator.workflow.ReconcileRun.instance;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.Execution;
import asl.execution.ExecutionStatus;
import asl.execution.HistoryEvent;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class ReconcileTest {
    @Test
    void everyInstanceInServiceGetsAnAddressOfItsOwn() {
        var reconcile = new ReconcileRun(12, 12).start(input(false)).run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(12);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(reconcile.run.result.conflicts()).isZero();
        assertHolds(reconcile);
    }

    @Test
    void itsOutputNamesEveryInstanceWithWhatItGot() {
        var reconcile = new ReconcileRun(2, 2).start(input(false)).run();

        assertThat(ReconcileRun.instances(reconcile.only())).allSatisfy(entry -> {
            assertThat(entry.get("outcome")).isEqualTo("Associated");
            assertThat(((Map<?, ?>) entry.get("eip")).get("allocationId"))
                    .isEqualTo(reconcile.run.addressOf((String) entry.get("instanceId")));
        });
        assertThat(reconcile.only().output())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("autoScalingGroupName", ReconcileRun.GROUP)
                .containsEntry("dryRun", false);
    }

    @Test
    void aSecondRunChangesNothing() {
        var reconcile = new ReconcileRun(6, 8)
                .start(input(false))
                .start(Duration.ofHours(2), input(false))
                .run();

        assertThat(count(reconcile.executions.get(1), "alreadyHeld")).isEqualTo(6);
        assertThat(reconcile.run.calls("AssociateAddress"))
                .as("one for the launch")
                .isEqualTo(7);
        assertHolds(reconcile);
    }

    @Test
    void aDryRunSaysWhatTheRunThenDoesAndWritesNothing() {
        var reconcile = new ReconcileRun(6, 6)
                .start(input(true))
                .at(
                        Duration.ofMinutes(70),
                        simulation -> assertThat(simulation.ec2().addressOf(instance(1)))
                                .isNull())
                .start(Duration.ofHours(2), input(false))
                .run();

        var dry = reconcile.executions.get(0);
        assertThat(dry.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(dry, "wouldAssociate")).isEqualTo(6);
        assertThat(addresses(dry)).isEqualTo(addresses(reconcile.executions.get(1)));
        assertThat(reconcile.run.calls("AssociateAddress")).isEqualTo(7);
        assertHolds(reconcile);
    }

    @Test
    void aDryRunTellsThatThePoolIsTooSmall() {
        var reconcile = new ReconcileRun(6, 4).start(input(true)).run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("Dry run, nothing was changed. 2 of 6 instances in service of old-proxies would stay"
                        + " without an address. " + instance(5) + ": NoFreeEip: ")
                .contains(instance(6));
        assertHolds(reconcile);
    }

    @Test
    void anInstanceWithAnAddressOfThePoolKeepsIt() {
        var reconcile = new ReconcileRun(3, 3)
                .at(
                        Duration.ofMinutes(30),
                        simulation ->
                                simulation.ec2().associate(free(simulation.ec2()::address, 4), instance(2), false))
                .start(input(false))
                .run();

        assertThat(count(reconcile.only(), "alreadyHeld")).isEqualTo(1);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(2);
        assertThat(reconcile.run.addressOf(instance(2))).isEqualTo(allocation(4));
        assertHolds(reconcile);
    }

    @Test
    void aPoolThatIsTooSmallFailsForTheRestAndALaterRunGoesOn() {
        var reconcile = new ReconcileRun(7, 4)
                .start(input(false))
                .at(Duration.ofMinutes(90), simulation -> {
                    for (var number = 100; number < 103; number++) {
                        simulation
                                .ec2()
                                .allocate(
                                        allocation(number),
                                        "198.18.1." + number,
                                        Map.of("Application", "ForwardProxy"));
                    }
                })
                .start(Duration.ofHours(2), input(false))
                .run();

        var first = reconcile.executions.get(0);
        assertThat(first.error()).contains("SomeInstancesWithoutEip");
        assertThat(first.cause().orElseThrow())
                .startsWith("3 of 7 instances in service of old-proxies are without an address. ");
        assertThat(reconcile.executions.get(1).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(reconcile.executions.get(1), "associated")).isEqualTo(3);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertHolds(reconcile);
    }

    @Test
    void theCauseNamesHoldersThatAreNoInstance() {
        var reconcile = new ReconcileRun(2, 2)
                .at(
                        Duration.ofMinutes(30),
                        simulation -> simulation.ec2().holdWithoutInstance(allocation(2), "eni-0orphan"))
                .start(input(false))
                .run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("1 of 2 instances in service")
                .contains(": NoFreeEip: ")
                .endsWith("Network interfaces without an instance hold addresses: eni-0orphan has 198.18.0.2.");
    }

    @Test
    void instancesThatAreNotInServiceAreLeftOut() {
        var reconcile = new ReconcileRun(3, 3)
                .at(Duration.ofMinutes(59), simulation -> simulation.ec2().terminate(instance(2)))
                .at(
                        Duration.ofMinutes(59),
                        simulation -> simulation
                                .ec2()
                                .launch(
                                        "i-0fffffffffffffff1",
                                        InstanceStateName.PENDING,
                                        1,
                                        Map.of("aws:autoscaling:groupName", ReconcileRun.GROUP)))
                .start(input(false))
                .run();

        assertThat(ReconcileRun.instances(reconcile.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(3));
    }

    @Test
    void anInstanceThatALaunchHookHoldsIsLeftToItsLaunch() {
        var held = new ArrayList<String>();
        var reconcile = new ReconcileRun(0, 1)
                .with(workflow -> workflow.event(event -> {}))
                .start(Duration.ofSeconds(1), Map.of("autoScalingGroupName", "forward-proxy"))
                .with(workflow -> workflow.late(Duration.ofSeconds(5)))
                .at(
                        Duration.ofSeconds(2),
                        simulation -> held.add(simulation.ec2().addressOf(Workflow.INSTANCE)))
                .run();

        assertThat(ReconcileRun.instances(reconcile.only())).isEmpty();
        assertThat(held).containsExactly((String) null);
        assertHolds(reconcile);
    }

    @Test
    void anInstanceThatATerminatingHookHoldsIsLeftOut() {
        var hold = new LifecycleHold(
                ReconcileRun.GROUP,
                "disassociate-eip",
                "11111111-1111-1111-1111-111111111111",
                instance(2),
                Workflow.EVENT.plus(Duration.ofMinutes(70)),
                false,
                true,
                false);
        var reconcile = new ReconcileRun(3, 3)
                .at(Duration.ofMinutes(59), simulation -> simulation.hooks().hold(hold))
                .start(input(false))
                .run();

        assertThat(ReconcileRun.instances(reconcile.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(3));
        assertHolds(reconcile);
    }

    @Test
    void neverMoreThanFiveInstancesAtATime() {
        var reconcile = new ReconcileRun(23, 23)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .run();

        var running = 0;
        var most = 0;
        for (var event : reconcile.events) {
            running += step(event);
            most = Math.max(most, running);
        }
        assertThat(most).isEqualTo(5);
        assertThat(reconcile.run.result.conflicts()).isZero();
        assertHolds(reconcile);
    }

    private static int step(HistoryEvent event) {
        return switch (event.type()) {
            case "MapIterationStarted" -> 1;
            case "MapIterationSucceeded" -> -1;
            default -> 0;
        };
    }

    /** It has no lifecycle action. A reader of the logs, or a script that answers to tokens, must not take it for one. */
    @Test
    void theFunctionsAreGivenTheNilUuidInPlaceOfALifecycleActionsToken() {
        var reconcile = new ReconcileRun(3, 3).start(input(false)).run();

        assertThat(reconcile.tokens()).hasSize(6).containsOnly("00000000-0000-0000-0000-000000000000");
    }

    private static List<Object> addresses(Execution execution) {
        return ReconcileRun.instances(execution).stream()
                .<Object>map(entry -> List.of(entry.get("instanceId"), entry.get("eip")))
                .toList();
    }
}
