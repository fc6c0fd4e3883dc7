package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.ReconcileRun.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.Execution;
import asl.execution.HistoryEvent;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.run.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A run of Reconcile begins nothing that it has no time for: what is left is the next run's, and that one waits for its end. */
class ReconcileDeadlineTest {
    private static final Instant START = Workflow.EVENT.plus(Duration.ofHours(1));
    private static final Instant DEADLINE = START.plusSeconds(300);
    private static final CallFault THROTTLED =
            CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");
    private static final CallFault TAKEN =
            CallFault.refused("Resource.AlreadyAssociated", 400, "resource eipalloc-1 is already associated");

    /** Its looks at instances ask for the hooks, which those for an address do not. */
    private static final Object RUN = Map.of("autoScalingGroupNames", List.of(GROUP));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noInstanceIsTriedAfterALookThatCameToItsEndTooLate(long seed) {
        var reconcile = run(60, seed);
        reconcile.faults.every(
                "DescribeLifecycleHooks", THROTTLED, from(START.plusSeconds(5), DEADLINE.plusSeconds(2)));
        reconcile.start(RUN).run();

        assertNothingBeganAfterTheDeadline(reconcile, reconcile.only());
        assertThat(scheduled(reconcile.events, "AssociateEip"))
                .as("the first look's")
                .hasSize(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noInstanceIsTriedWhenListExecutionsAnsweredTooLate(long seed) {
        var reconcile = run(3, seed);
        reconcile.faults.every(
                "DescribeLifecycleHooks", THROTTLED, from(START.minusSeconds(5), DEADLINE.minusSeconds(35)));
        reconcile.faults.every("ListExecutions", THROTTLED, from(START, DEADLINE.plusSeconds(1)));
        reconcile.start(RUN).run();

        assertNothingBeganAfterTheDeadline(reconcile, reconcile.only());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRunDoesNotWaitForAnEarlierOneUntilAfterItsDeadline(long seed) {
        var reconcile = run(3, seed);
        reconcile.faults.every("AssociateAddress", THROTTLED, from(START.minusSeconds(100), DEADLINE.minusSeconds(15)));
        var earlier = Duration.between(Workflow.EVENT, START.minusSeconds(20));
        reconcile.start(earlier, RUN).start(RUN).run();

        var second = reconcile.executions.get(1);
        assertNothingBeganAfterTheDeadline(reconcile, second);
        assertThat(second.stop().orElseThrow()).isBefore(DEADLINE.plusSeconds(2));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void thePauseAfterConflictsEndsBeforeTheDeadline(long seed) {
        var reconcile = run(1, seed);
        reconcile.faults.every("AssociateAddress", TAKEN, from(START, DEADLINE.plusSeconds(200)));
        reconcile.faults.every(
                "DescribeLifecycleHooks", THROTTLED, from(START.minusSeconds(5), DEADLINE.minusSeconds(50)));
        reconcile.start(RUN).run();

        assertNothingBeganAfterTheDeadline(reconcile, reconcile.only());
        assertThat(reconcile.only().cause().orElseThrow()).doesNotContain("DeadlinePassedException");
    }

    /** The launches stay. EC2's rate serves five of them a second, so the turns of these runs differ by a second each. */
    @ParameterizedTest
    @ValueSource(ints = {90, 95, 100, 105, 110, 115, 120})
    void aTurnThatLeavesNoTimeForTheAddressIsNotWaitedFor(int launches) {
        var reconcile = run(1, 1).at(Duration.between(Workflow.EVENT, DEADLINE.minusSeconds(60)), launching(launches));
        reconcile.faults.every(
                "DescribeLifecycleHooks", THROTTLED, from(START.minusSeconds(5), DEADLINE.minusSeconds(45)));
        reconcile.start(RUN).run();

        assertThat(scheduled(reconcile.events, "FindFreeEip"))
                .as("looks, the first of them before a turn")
                .hasSizeGreaterThan(1)
                .allMatch(time -> time.isBefore(DEADLINE.minusMillis(1999)));
        assertThat(reconcile.only().cause().orElseThrow()).contains("NoFreeEip: Launches will use up the rate");
    }

    private static ReconcileRun run(int instances, long seed) {
        return new ReconcileRun(instances, 140)
                .seed(seed)
                .with(workflow ->
                        workflow.parameter("DeadlineSeconds", 300).parameter("HookPoolTagKeys", "Application"));
    }

    private static Consumer<Simulation> launching(int instances) {
        return simulation -> {
            for (var number = 0; number < instances; number++) {
                var id = String.format("i-%017x", (1L << 40) + number);
                simulation.hooks().expect(id, false);
                var group = Map.of("aws:autoscaling:groupName", GROUP);
                simulation.ec2().launch(id, InstanceStateName.RUNNING, 1, group);
            }
        };
    }

    private static Predicate<Instant> from(Instant from, Instant to) {
        return now -> !now.isBefore(from) && now.isBefore(to);
    }

    private static void assertNothingBeganAfterTheDeadline(ReconcileRun reconcile, Execution run) {
        assertThat(scheduled(reconcile.eventsOf(run), "FindFreeEip", "AssociateEip"))
                .allMatch(time -> time.isBefore(DEADLINE));
        ReconcileRun.assertHolds(reconcile);
    }

    /** When attempts at these states began. */
    private static List<Instant> scheduled(List<HistoryEvent> events, String... states) {
        return events.stream()
                .filter(event -> event.type().equals("TaskScheduled"))
                .filter(event -> List.of(states).contains(event.stateName()))
                .map(HistoryEvent::timestamp)
                .toList();
    }
}
