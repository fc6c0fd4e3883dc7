package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Waiting, and the end of it, on the shipped definition. */
class DeadlineTest {
    private final Workflow workflow = new Workflow();

    @Test
    void anEmptyPoolIsLookedAtAgainUntilAnAddressIsFree() {
        var run = workflow.pool(0)
                .before(simulation -> simulation
                        .time()
                        .at(
                                EVENT.plusSeconds(100),
                                () -> simulation
                                        .ec2()
                                        .allocate("eipalloc-1", "198.18.0.1", Map.of("Application", "ForwardProxy"))))
                .run();

        assertThat(run.result.continued()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(100.0, 138.0);
    }

    @Test
    void oneWaitingRoundTakesThreeStateTransitions() {
        var run = workflow.pool(0).run();

        assertThat(run.states().subList(0, 7))
                .containsExactly(
                        "FindFreeEip",
                        "EipFound",
                        "WaitForFreeEip",
                        "FindFreeEip",
                        "EipFound",
                        "WaitForFreeEip",
                        "FindFreeEip");
    }

    @Test
    void waitingRoundsLastThirtySecondsGiveOrTakeAQuarter() {
        var waits = workflow.pool(0).run().secondsOf("WaitForFreeEip");

        assertThat(waits.size()).isBetween(15, 27);
        for (var round = 1; round < waits.size() - 1; round++) {
            assertThat(waits.get(round) - waits.get(round - 1)).isBetween(23.0, 38.0);
        }
        assertThat(waits).doesNotHaveDuplicates();
    }

    @Test
    void anEmptyPoolEndsInAbandonJustBeforeTheDeadline() {
        var run = workflow.pool(0).run();

        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(run.execution().error()).contains("NoFreeEip");
        assertThat(run.execution().cause().orElseThrow())
                .contains(Workflow.INSTANCE)
                .contains("Application=ForwardProxy");
        assertThat(run.stoppedAfterSeconds()).isBetween(597.0, 600.0);
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void theCauseNamesHoldersThatAreNoInstance() {
        var run = workflow.pool(1)
                .before(simulation -> simulation.ec2().holdWithoutInstance("eipalloc-00000000000000001", "eni-0orphan"))
                .run();

        assertThat(run.execution().error()).contains("NoFreeEip");
        assertThat(run.execution().cause().orElseThrow())
                .contains("Network interfaces without an instance hold addresses: eni-0orphan has 198.18.0.1. Delete")
                .endsWith(
                        "Add addresses to the pool, or look for addresses that are not given back. ABANDON: Completed.");
    }

    @Test
    void aLateEventWaitsNoLongerThanAnEarlyOne() {
        var run = workflow.pool(0).late(Duration.ofSeconds(500)).run();

        assertThat(run.stoppedAfterSeconds()).isBetween(597.0, 600.0);
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void anEventJustBeforeTheDeadlineStillGetsItsAddress() {
        var run = workflow.late(Duration.ofMillis(599_999)).run();

        assertThat(run.result.continued()).isOne();
    }

    @Test
    void anEventAtTheDeadlineIsAbandonedAndNothingIsAssociated() {
        var run = workflow.late(Duration.ofSeconds(600)).run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.DeadlinePassedException");
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void throttlingIsRetriedUntilTheDeadlineAndThenAbandoned() {
        workflow.faults.every("AssociateAddress", CallFault.refused("RequestLimitExceeded", 503, "Slow down."));
        var run = workflow.run();

        assertThat(run.execution().error().orElseThrow())
                .isIn(
                        "eiponlaunch.failure.ThrottledException",
                        "eiponlaunch.failure.DeadlinePassedException"); // of a try that ends after it
        assertThat(run.stoppedAfterSeconds()).isBetween(595.0, 605.0);
        assertThat(run.attempts("AssociateEip")).isGreaterThan(40);
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void throttlingOfDescribeAddressesEndsAtTheDeadlineToo() {
        workflow.faults.every("DescribeAddresses", CallFault.refused("RequestLimitExceeded", 503, "Slow down."));
        var run = workflow.run();

        assertThat(run.execution().error().orElseThrow())
                .isIn(
                        "eiponlaunch.failure.ThrottledException",
                        "eiponlaunch.failure.DeadlinePassedException"); // of a try that ends after it
        assertThat(run.stoppedAfterSeconds()).isBetween(595.0, 605.0);
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void retriesOfAThrottledCallAreSpreadByJitterAndNeverFurtherApartThanAMinute() {
        var during = EVENT.plusSeconds(300);
        workflow.faults.every(
                "AssociateAddress",
                CallFault.refused("RequestLimitExceeded", 503, "Slow down."),
                now -> now.isBefore(during));
        var run = workflow.run();

        assertThat(run.result.continued()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(300.0, 361.0);
    }

    @Test
    void theDeadlineIsAParameter() {
        var run = workflow.pool(0)
                .parameter("DeadlineSeconds", 60)
                .parameter("WaitSeconds", 10)
                .run();

        assertThat(run.stoppedAfterSeconds()).isBetween(57.0, 60.0);
        assertThat(run.secondsOf("WaitForFreeEip")).hasSizeBetween(4, 8);
    }

    /** Auto Scaling's answers show it 12 seconds after its event; from then on no look may be missed. */
    @Test
    void anInstanceThatIsShownJustBeforeTheDeadlineGetsItsAddress() {
        isShownAfterTwelveSecondsAndGoesOnBefore(14);
    }

    /** Until 12 seconds after its event no answer of Auto Scaling shows it. */
    @Test
    void aLaunchThatIsNotShownBeforeItsDeadlineGoesOnWithoutKnowingTheOthers() {
        isShownAfterTwelveSecondsAndGoesOnBefore(10);
    }

    private static void isShownAfterTwelveSecondsAndGoesOnBefore(int deadline) {
        for (var seed = 1; seed <= 10; seed++) {
            var launch = new Workflow().parameter("DeadlineSeconds", deadline).seed(seed);
            for (var look = 0; look < 10; look++) {
                launch.faults.nextReads(
                        Duration.ZERO, Duration.ofSeconds(20), Duration.ZERO); // Auto Scaling is asked second
            }
            var run = launch.run();

            assertThat(run.states()).contains("WaitToBeShown");
            assertThat(run.secondsOf("FindFreeEip"))
                    .allSatisfy(look -> assertThat(look).isLessThan(deadline));
            assertThat(run.result.continued()).isOne();
        }
    }

    /** A Retry knows no clock: 10 attempts at a look that Lambda throttles take about a minute. */
    @Test
    void aLookThatLambdaThrottledUntilAfterTheDeadlineAssociatesNothingAndIsAbandonedInTime() {
        for (var seed = 1; seed <= 5; seed++) {
            for (var throttled = 9; throttled <= 11; throttled++) {
                var launch = new Workflow().late(Duration.ofSeconds(595)).seed(seed);
                for (var attempt = 0; attempt < throttled; attempt++) {
                    launch.faults.nextInvocation("FindFreeEip", InvocationFault.THROTTLED);
                }
                var run = launch.run();

                assertThat(run.secondsOf("CompleteLifecycleAbandon"))
                        .allSatisfy(abandon -> assertThat(abandon).isBetween(600.0, 715.0));
                assertThat(run.calls("AssociateAddress")).isZero();
                assertThat(run.result.abandoned()).isOne();
                assertThat(run.result.violations()).isEmpty();
            }
        }
    }
}
