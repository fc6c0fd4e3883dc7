package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.findfreeeip.LaunchQueue;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Profile;
import eiponlaunch.simulator.world.api.Rate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Many launches within one second, on the shipped definition, in the profile documented. */
class LaunchStormTest {
    private static final CallFault THROTTLED =
            CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");

    @ParameterizedTest
    @CsvSource({"100, 1.5, 1.2", "130, 1.4, 1.1", "300, 1.15, 1.1"})
    void allLaunchesGetAnAddressNearThePhysicalLimitWithoutAConflict(
            int launches, double ofTheLimit, double callsPerLaunch) {
        for (var seed = 1; seed <= 3; seed++) {
            var run = new Workflow()
                    .cloud(CloudSettings.documented())
                    .launches(launches)
                    .pool(launches)
                    .seed(seed)
                    .run();

            assertThat(run.result.continued()).isEqualTo(launches);
            assertThat(run.result.secondsToLastContinue()).isLessThanOrEqualTo(ofTheLimit * (launches - 50) / 5);
            assertThat((double) run.calls("AssociateAddress") / launches).isLessThanOrEqualTo(callsPerLaunch);
            assertThat(run.result.conflicts()).isZero();
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /**
     * It publishes no rate, and others may use the same bucket. Each launch needs at least two of its tokens, to look and to be
     * completed.
     */
    @ParameterizedTest
    @CsvSource({"50, 5", "100, 10", "1000, 100"})
    void whateverAutoScalingGrantsNoLaunchIsLost(int burst, int perSecond) {
        var run = new Workflow()
                .cloud(CloudSettings.documented().withRate(CloudSettings.AUTO_SCALING, new Rate(burst, perSecond)))
                .launches(300)
                .pool(300)
                .run();

        assertThat(run.result.continued()).isEqualTo(300);
        var limit = Math.max((300 - 50) / 5.0, (2 * 300 - burst) / (double) perSecond);
        assertThat(run.result.secondsToLastContinue()).isBetween(limit, 1.6 * limit);
        assertThat(run.result.conflicts()).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    /** Their addresses stay free, so that others count them as ahead until the end. */
    @ParameterizedTest
    @CsvSource({
        "5, 120, 20, 140",
        "2.5, 60, 20, 270",
        "2.5, 120, 20, 270",
        "1, 60, 20, 600",
        "1, 120, 20, 600",
        "1, 100, 120, 600",
        "0.5, 120, 150, 600",
        "0.5, 100, 200, 600",
    })
    void whoIsBehindInstancesThatEndWithoutAnAddressIsNotLost(double perSecond, int ended, int at, int seconds) {
        var run = new Workflow()
                .cloud(CloudSettings.documented().withRate("AssociateAddress", new Rate(50, perSecond)))
                .launches(300)
                .pool(300)
                .before(simulation -> simulation
                        .time()
                        .at(
                                EVENT.plusSeconds(at),
                                () ->
                                        simulation
                                                .ec2()
                                                .instances(EVENT.plusSeconds(at), Map.of(), "all", instance -> true)
                                                .stream()
                                                .map(Instance::instanceId)
                                                .filter(instance ->
                                                        simulation.ec2().addressOf(instance) == null)
                                                .sorted(LaunchQueue.ORDER)
                                                .limit(ended)
                                                .forEach(simulation.ec2()::terminate)))
                .run();

        assertThat(run.result.continued())
                .as("at a tenth of the rate one or two may come too late")
                .isGreaterThanOrEqualTo(perSecond < 1 ? 298 - ended : 300 - ended);
        assertThat(run.result.secondsToLastContinue()).isLessThanOrEqualTo(seconds);
    }

    /** EC2's rate alone would need 50 seconds. Who is throttled by Lambda comes again by a Retry, at one transition a try. */
    @Test
    void whereLambdaRunsTenAtATimeNoLaunchSleepsWhileItIsIdle() {
        for (var seed = 1; seed <= 2; seed++) {
            var run = new Workflow()
                    .cloud(Profile.named("new-account").cloud())
                    .launches(300)
                    .pool(300)
                    .seed(seed)
                    .run();

            assertThat(run.result.continued()).isEqualTo(300);
            assertThat(run.result.secondsToLastContinue()).isLessThanOrEqualTo(65);
            assertThat(run.result.transitions() / 300.0).isLessThanOrEqualTo(17.5);
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /** Ten a second for half a minute: a launch that comes later takes nobody's address and nobody's turn. */
    @Test
    void launchesThatComeOverTimeAreServedAsTheyComeWithoutAConflict() {
        for (var seed = 1; seed <= 3; seed++) {
            var run = new Workflow()
                    .cloud(CloudSettings.documented())
                    .launches(300)
                    .pool(300)
                    .over(Duration.ofSeconds(30))
                    .seed(seed)
                    .run();

            assertThat(run.result.continued()).isEqualTo(300);
            assertThat(run.result.secondsToLastContinue()).isLessThanOrEqualTo(64);
            assertThat(run.calls("AssociateAddress")).isLessThanOrEqualTo(390);
            assertThat(run.result.conflicts()).isLessThanOrEqualTo(3);
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /**
     * Those that a warm pool kept running have old launch times, so no launch's queue shows them, and they leave it at the
     * moment of their events, so a look misses some: they try the same addresses now and then. Those that were stopped are
     * launched anew.
     */
    @ParameterizedTest
    @CsvSource({
        "true, 40, 12, 1.4, 0.36",
        "true, 150, 34, 1.6, 0.33",
        "false, 40, 5, 1.0, 0",
        "false, 150, 31, 1.0, 0",
    })
    void instancesThatLeaveAWarmPoolTogetherCollideNowAndThen(
            boolean running, int launches, double seconds, double callsPerLaunch, double conflictsPerLaunch) {
        for (var seed = 1; seed <= 3; seed++) {
            var run = new Workflow()
                    .file("launch-out-of-warm-pool.json")
                    .before(simulation -> {
                        if (running) {
                            simulation.hooks().keepWarmPoolsRunning();
                        }
                    })
                    .cloud(CloudSettings.documented())
                    .launches(launches)
                    .pool(launches)
                    .seed(seed)
                    .run();

            assertThat(run.result.continued()).isEqualTo(launches);
            assertThat(run.result.secondsToLastContinue()).isLessThanOrEqualTo(seconds);
            assertThat((double) run.calls("AssociateAddress") / launches).isLessThanOrEqualTo(callsPerLaunch);
            assertThat((double) run.result.conflicts() / launches).isLessThanOrEqualTo(conflictsPerLaunch);
            assertThat(run.result.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"20, 12", "100, 60"})
    void whatThePoolHasIsUsedUpAndTheRestIsAbandoned(int launches, int pool) {
        var run = new Workflow()
                .cloud(CloudSettings.documented())
                .launches(launches)
                .pool(pool)
                .run();

        assertThat(run.result.continued()).isEqualTo(pool);
        assertThat(run.result.abandoned()).isEqualTo(launches - pool);
        assertThat(run.result.violations()).isEmpty();
    }

    /** Its reference says that it may, when the group has many instances, and not for how long. */
    @ParameterizedTest
    @CsvSource({"1, 30", "20, 60", "300, 330"})
    void whereAutoScalingNeverTellsOfTheGroupLaunchesGoOnWithoutItsAnswer(int launches, double seconds) {
        var workflow = new Workflow()
                .cloud(CloudSettings.documented())
                .launches(launches)
                .pool(launches);
        workflow.faults.every("DescribeAutoScalingGroups", CallFault.refused("RateExceeded", 400, "Rate exceeded"));

        var run = workflow.run();

        assertThat(run.result.continued()).isEqualTo(launches);
        assertThat(run.result.secondsToLastContinue()).isLessThan(seconds);
        assertThat((double) run.result.conflicts() / launches).isLessThanOrEqualTo(0.3);
        assertThat(run.result.violations()).isEmpty();
    }

    /** It does not wait as if the storm had lasted: the waits grow only with looks in a row. */
    @Test
    void aLookThatIsThrottledAfterAStormIsMadeAgainSoon() {
        for (var seed = 1; seed <= 10; seed++) {
            var workflow = new Workflow().pool(0).seed(seed);
            workflow.faults.every(
                    "DescribeAddresses",
                    THROTTLED,
                    now -> now.isBefore(EVENT.plusSeconds(120))
                            || now.isAfter(EVENT.plusSeconds(240)) && now.isBefore(EVENT.plusSeconds(280)));

            var looks = workflow.run().secondsOfEach("FindFreeEip").get(0);

            var throttled = looks.stream().filter(at -> at > 240).findFirst().orElseThrow();
            var next = looks.stream().filter(at -> at > throttled).findFirst().orElseThrow();
            assertThat(throttled).isLessThan(280);
            assertThat(next - throttled).isBetween(3.0, 29.0);
        }
    }
}
