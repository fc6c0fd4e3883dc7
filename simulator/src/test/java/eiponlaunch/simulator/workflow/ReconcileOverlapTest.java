package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.ReconcileRun.GROUP;
import static eiponlaunch.simulator.workflow.ReconcileRun.allocation;
import static eiponlaunch.simulator.workflow.ReconcileRun.assertHolds;
import static eiponlaunch.simulator.workflow.ReconcileRun.count;
import static eiponlaunch.simulator.workflow.ReconcileRun.input;
import static eiponlaunch.simulator.workflow.ReconcileRun.instance;
import static eiponlaunch.simulator.workflow.ReconcileRun.serving;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Reconcile beside launches, and beside another run of its own. */
class ReconcileOverlapTest {
    /** Two runs that see the instances in different orders would give them each other's addresses. */
    @Test
    void theOrderIsThatOfTheInstancesIdsWhateverTheOrderInWhichAutoScalingListsThem() {
        var reconcile =
                new ReconcileRun(6, 6).launchedInReverse().start(input(false)).run();

        assertThat(ReconcileRun.instances(reconcile.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(2), instance(3), instance(4), instance(5), instance(6));
        assertThat(reconcile.addresses())
                .containsExactly(
                        allocation(2), allocation(3), allocation(4), allocation(5), allocation(6), allocation(7));
        assertHolds(reconcile);
    }

    @Test
    void itLooksAgainAfterItsTurnAsItsAddressMayBeTakenByThen() {
        var start = Duration.ofHours(1);
        var turn = new ArrayList<Object>();
        var reconcile = new ReconcileRun(1, 100)
                .at(
                        start.minusSeconds(1),
                        simulation -> launching(80).forEach(id -> {
                            simulation.hooks().expect(id, false);
                            var group = Map.of("aws:autoscaling:groupName", GROUP);
                            simulation.ec2().launch(id, InstanceStateName.RUNNING, 1, group);
                        }))
                .start(start, input(false));
        reconcile.at(start.plusSeconds(19), simulation -> {
            var found = reconcile.lastFound();
            turn.add(found.get("secondsUntilTurn"));
            var stranger = "i-0fffffffffffffff1";
            simulation.ec2().launch(stranger, InstanceStateName.RUNNING, 1, Map.of());
            simulation
                    .ec2()
                    .associate(
                            ((Map<?, ?>) found.get("eip")).get("allocationId").toString(), stranger, false);
            launching(80).forEach(id -> simulation.ec2().setState(id, InstanceStateName.SHUTTING_DOWN));
        });
        reconcile.run();

        assertThat(turn).containsExactly(6);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(1);
        assertThat(reconcile.run.result.conflicts()).isZero();
        assertHolds(reconcile);
    }

    private static List<String> launching(int instances) {
        return IntStream.range(0, instances)
                .mapToObj(number -> String.format("i-%017x", (1L << 40) + number))
                .toList();
    }

    /** It may have come into service a moment ago, and EC2 may show its address only 15 seconds later. */
    @ParameterizedTest
    @CsvSource({"60, true", "60, false", "120, true", "120, false"})
    void instancesThatOnlyALaterLookShowsAreWaitedFor(int instances, boolean oneIsNew) {
        var start = Duration.ofHours(1);
        var reconcile = new ReconcileRun(instances, 140)
                .start(start, input(false))
                .at(start.plusSeconds(10), simulation -> {
                    if (oneIsNew) {
                        var group = Map.of("aws:autoscaling:groupName", GROUP);
                        simulation.ec2().launch("i-0fffffffffffffff1", InstanceStateName.RUNNING, 1, group);
                    }
                })
                .run();

        assertThat(entered(reconcile, "EveryInstance")).as("50 at a time").isEqualTo((instances + 49) / 50);
        assertThat(entered(reconcile, "WaitUntilListed")).isEqualTo(oneIsNew ? 2 : 1);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(oneIsNew ? instances + 1 : instances);
        assertHolds(reconcile);
    }

    @Test
    void theInstancesOfAllPoolsAreWaitedForAtOnce() {
        var reconcile = new ReconcileRun(3, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(Duration.ofMinutes(1), simulation -> {
                    simulation
                            .ec2()
                            .launch(
                                    "i-0fffffffffffffff1",
                                    InstanceStateName.RUNNING,
                                    1,
                                    Map.of("aws:autoscaling:groupName", "mail"));
                    simulation.ec2().allocate("eipalloc-mail", "198.18.9.9", Map.of("Application", "MailGateway"));
                    simulation
                            .hooks()
                            .configure(LifecycleHook.builder()
                                    .autoScalingGroupName("mail")
                                    .lifecycleHookName("associate-eip")
                                    .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING")
                                    .notificationMetadata("{\"eipPool\": {\"Application\": \"MailGateway\"}}")
                                    .build());
                })
                .start(Map.of("autoScalingGroupNames", List.of(GROUP, "mail")))
                .run();

        assertThat(entered(reconcile, "EveryInstance")).as("one pool at a time").isEqualTo(2);
        assertThat(entered(reconcile, "WaitUntilListed")).isOne();
        assertThat(count(reconcile.only(), "associated")).isEqualTo(4);
        assertHolds(reconcile);
    }

    /** What the first run associates in its last seconds EC2 may not show yet when the second one goes on. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 10, 16, 17, 18, 19, 30})
    void aRunThatBeginsAroundTheEndOfAnotherGivesNoInstanceASecondAddress(long secondsLater) {
        var start = Duration.ofHours(1);
        var reconcile = new ReconcileRun(3, 7);
        reconcile
                .at(Duration.ofMinutes(59), simulation -> {
                    simulation.ec2().holdWithoutInstance(allocation(2), "eni-1");
                    reconcile.faults.staleReads(Duration.ofSeconds(15));
                })
                .at(start.plusSeconds(18), simulation -> simulation.ec2().disassociate(allocation(2), false))
                .start(start, input(false))
                .start(start.plusSeconds(secondsLater), input(false))
                .run();

        assertThat(reconcile.executions)
                .allSatisfy(execution -> assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
        assertThat(count(reconcile.executions.get(1), "alreadyHeld")).isEqualTo(3);
        assertHolds(reconcile);
    }

    private static long entered(ReconcileRun reconcile, String state) {
        return reconcile.events.stream()
                .filter(event -> event.type().endsWith("StateEntered") && state.equals(event.stateName()))
                .count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoRunsAtOnceGiveEachInstanceOneAddress(long seed) {
        var reconcile = new ReconcileRun(60, 60)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .start(Duration.ofMillis(3_600_700), input(false))
                .run();

        assertThat(reconcile.executions)
                .allSatisfy(execution -> assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertHolds(reconcile);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRunBesideALaunchStormTakesNothingFromIt(long seed) {
        var reconcile = new ReconcileRun(20, 120)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .with(workflow -> workflow.launches(100))
                .start(Duration.ofSeconds(1), Map.of("autoScalingGroupName", ReconcileRun.GROUP))
                .run();

        assertThat(reconcile.run.result.continued()).isEqualTo(100);
        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(reconcile);
    }

    /** Two runs overlap while a stranger takes addresses away: nobody gets two addresses, and nothing is associated twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void twoRunsThatOverlapDoNothingTwice(long seed) {
        var reconcile = serving(120, 60, 130)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .start(Duration.ofMillis(3_600_700), input(false));
        var replaced = new ArrayList<String>();
        reconcile.at(
                Duration.ofMinutes(59),
                simulation -> simulation.listen(new WorldListener() {
                    @Override
                    public void associated(
                            String allocationId, String instanceId, String from, String before, boolean byWorkflow) {
                        if (before != null) {
                            replaced.add(instanceId + " had " + before + " and got " + allocationId);
                        }
                    }
                }));
        for (var number = 1; number <= 5; number++) {
            var allocationId = allocation(number * 10);
            reconcile.at(
                    Duration.ofSeconds(3600 + 2 * number),
                    simulation -> simulation.ec2().disassociate(allocationId, false));
        }
        reconcile.start(Duration.ofHours(2), input(false)).run();

        assertThat(reconcile.executions.get(2).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(replaced).as("addresses that another replaced").isEmpty();
        assertHolds(reconcile);
    }
}
