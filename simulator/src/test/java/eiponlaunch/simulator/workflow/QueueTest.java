package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a launch does while it waits for its turn or for an address, in a cloud where nothing else takes time. */
class QueueTest {
    /** With 200 launches at once the last turn comes 28 s later, as EC2 grants 50 calls at once and then 5.5 a second. */
    private static final int LAUNCHES = 200;

    private final Workflow workflow = new Workflow().launches(LAUNCHES).pool(LAUNCHES);

    @Test
    void aLaunchWhoseTurnIsNearWaitsOnceAndTriesWithoutAnotherLook() {
        var looks = workflow.run().secondsOfEach("FindFreeEip");

        assertThat(looks).filteredOn(times -> times.size() == 1).hasSizeBetween(150, 170); // turns of up to 20 s
        assertThat(looks).filteredOn(times -> times.size() > 2).isEmpty();
    }

    @Test
    void aLaunchFarFromItsTurnLooksAgainTenSecondsBeforeIt() {
        var run = workflow.run();

        assertThat(run.secondsOfEach("FindFreeEip").stream()
                        .filter(times -> times.size() == 2)
                        .map(QueueTest::untilTheSecond))
                .hasSizeBetween(30, 50)
                .allSatisfy(seconds -> assertThat(seconds).isBetween(11.0, 18.0)); // turns from 21 to 28 s
        assertThat(run.result.continued()).isEqualTo(LAUNCHES);
        assertThat(run.result.conflicts()).isZero();
    }

    /** Else it would be held for much longer, though nothing can come of it. A turn that is near is waited for. */
    @Test
    void aLaunchWhoseTurnComesLongAfterItsDeadlineIsAbandonedAboutThen() {
        var run = workflow.launches(400)
                .pool(400)
                .parameter("DeadlineSeconds", 20)
                .parameter("WaitSeconds", 5)
                .run();

        assertThat(run.result.failedByError()).containsKey("NoFreeEip");
        assertThat(run.result.continued() + run.result.abandoned()).isEqualTo(400);
        assertThat(run.executions("EipOnLaunch"))
                .allSatisfy(execution -> assertThat(execution.stop().orElseThrow())
                        .isBeforeOrEqualTo(Workflow.EVENT.plusSeconds(20 + 20)));
        assertThat(run.result.violations()).isEmpty();
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
