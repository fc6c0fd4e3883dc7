package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Rate;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a launch does while it waits for its turn or for an address, in a cloud where nothing else takes time. */
class QueueTest {
    /** With 200 launches at once the last turn comes 28 s later, as EC2 grants 50 calls at once and then 5 a second. */
    private static final int LAUNCHES = 200;

    private final Workflow workflow = new Workflow().launches(LAUNCHES).pool(LAUNCHES);

    @Test
    void aLaunchWaitsForItsTurnHoweverFarAndTriesWithoutAnotherLook() {
        var run = workflow.run();

        assertThat(run.secondsOfEach("FindFreeEip"))
                .allSatisfy(times -> assertThat(times).hasSize(1));
        assertThat(run.result.secondsToLastContinue()).isBetween(23.0, 27.0);
        assertThat(run.calls("AssociateAddress")).isEqualTo(LAUNCHES);
    }

    @Test
    void whoIsThrottledAllTheSameReadsTheAddressesAloneAndTriesAgainLater() {
        var busy = CloudSettings.instant().withRate("AssociateAddress", new Rate(50, 2.5));
        var run = workflow.cloud(busy).run();

        assertThat(run.result.continued()).isEqualTo(LAUNCHES);
        var limit = (LAUNCHES - 50) / 2.5;
        assertThat(run.result.secondsToLastContinue())
                .as("half as long again is what the judge of all simulations allows for tries that come too early")
                .isBetween(limit, 1.5 * limit);
        assertThat(run.calls("AssociateAddress")).isBetween((long) LAUNCHES + 50, 3L * LAUNCHES);
        assertThat(run.calls("DescribeAutoScalingGroups")).isEqualTo(LAUNCHES);
        assertThat(run.calls("DescribeInstances")).isEqualTo(LAUNCHES);
        assertThat(run.result.conflicts()).isZero();
    }

    /** Else a try follows each look. */
    @Test
    void whoIsThrottledAndWhoseTurnIsFarAwayLooksAgainOnTheWay() {
        var run = workflow.cloud(CloudSettings.instant().withRate("AssociateAddress", new Rate(50, 2.5)))
                .run();

        assertThat(run.attempts("FindFreeEip")).isGreaterThan(run.calls("AssociateAddress"));
        assertThat(run.result.continued()).isEqualTo(LAUNCHES);
    }

    /** A herd that is throttled does not come back as one. */
    @Test
    void whoseLookAutoScalingThrottlesLooksAgainAtATimeOfItsOwn() {
        var run = workflow.cloud(CloudSettings.instant().withRate("DescribeAutoScalingGroups", new Rate(100, 5)))
                .run();

        var second = run.secondsOfEach("FindFreeEip").stream()
                .filter(times -> times.size() > 1)
                .map(times -> times.get(1))
                .toList();
        // 100 look at once and 5 in the second in which the launches come; half of the others look again in the second
        // half of
        // the time until 15 seconds, give or take three standard deviations
        assertThat(second).hasSizeBetween(LAUNCHES - 106, LAUNCHES - 100);
        assertThat(second).allSatisfy(seconds -> assertThat(seconds).isBetween(3.0, 17.0));
        assertThat(second.stream().filter(seconds -> seconds > 9.5)).hasSizeBetween(47 - 15, 50 + 15);
        assertThat(run.result.continued()).isEqualTo(LAUNCHES);
        assertThat(run.result.conflicts()).isZero();
    }

    /** Its tokens are for looks that may come to something, and for launches that are completed. */
    @Test
    void aLookThatEc2ThrottlesAsksAutoScalingNothing() {
        var run = workflow.cloud(CloudSettings.instant().withRate("DescribeAddresses", new Rate(100, 20)))
                .run();

        assertThat(run.calls("DescribeAddresses")).isGreaterThan(LAUNCHES);
        assertThat(run.calls("DescribeAutoScalingGroups")).isEqualTo(LAUNCHES);
        assertThat(run.result.continued()).isEqualTo(LAUNCHES);
        assertThat(run.result.conflicts()).isZero();
    }

    /** Else it would be held for much longer, though nothing can come of it; and Auto Scaling cannot take all at once. */
    @Test
    void launchesWhoseTurnComesAfterTheirDeadlineAreAbandonedAtRandomUntilThen() {
        var run = workflow.cloud(CloudSettings.instant().withRate("AssociateAddress", new Rate(50, 5)))
                .launches(400)
                .pool(400)
                .parameter("DeadlineSeconds", 20)
                .parameter("WaitSeconds", 5)
                .run();

        assertThat(run.result.failedByError()).containsKey("TooManyLaunches");
        var granted = 50 + 5 * 20;
        assertThat(run.result.continued()).isBetween(granted * 9 / 10, granted);
        assertThat(run.result.continued() + run.result.abandoned()).isEqualTo(400);
        var ends = run.executions("EipOnLaunch").stream()
                .filter(execution -> execution.error().isPresent())
                .map(execution -> Duration.between(
                                Workflow.EVENT, execution.stop().orElseThrow())
                        .toSeconds())
                .toList();
        assertThat(ends).allSatisfy(seconds -> assertThat(seconds).isLessThanOrEqualTo(20L));
        assertThat(Set.copyOf(ends)).hasSizeGreaterThan(10);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void anInstanceThatItsGroupDoesNotShowYetLooksAgainSoon() {
        var launch = new Workflow();
        launch.faults.nextReads(Duration.ZERO, Duration.ofSeconds(15), Duration.ZERO); // Auto Scaling is asked second
        var run = launch.run();

        assertThat(run.states()).contains("WaitToBeShown");
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.secondsToLastContinue()).isLessThan(20);
    }

    @Test
    void launchesThatWaitForAFreeAddressDoNotLookAllAtOnce() {
        var waits = workflow.launches(100).pool(0).run().secondsOfEach("FindFreeEip").stream()
                .map(QueueTest::untilTheSecond)
                .toList();

        assertThat(waits).allSatisfy(seconds -> assertThat(seconds).isBetween(22.0, 38.0));
        assertThat(Collections.max(waits) - Collections.min(waits)).isGreaterThan(10);
        assertThat(mostAtOnce(waits)).isLessThan(25);
    }

    private static double untilTheSecond(List<Double> times) {
        return times.get(1) - times.get(0);
    }

    private static long mostAtOnce(List<Double> times) {
        return Collections.max(times.stream()
                .collect(Collectors.groupingBy(Double::longValue, Collectors.counting()))
                .values());
    }
}
