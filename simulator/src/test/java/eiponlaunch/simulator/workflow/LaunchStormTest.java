package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.world.api.CloudSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many launches within one second, on the shipped definition, under EC2's documented request rates. */
class LaunchStormTest {
    @ParameterizedTest
    @CsvSource({"100, 18, 2.0, 0.15", "300, 62, 2.5, 0.10"})
    void allLaunchesGetAnAddressNearThePhysicalLimitWithHardlyAConflict(
            int launches, double seconds, double callsPerLaunch, double conflictsPerLaunch) {
        for (var seed = 1; seed <= 3; seed++) {
            var run = new Workflow()
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

    /** Their launch times are old, so no launch's queue shows them: each must have a place of its own all the same. */
    @ParameterizedTest
    @CsvSource({"40, 12, 1.0, 0", "150, 40, 2.5, 0.02"})
    void instancesThatLeaveARunningWarmPoolTogetherDoNotCollide(
            int launches, double seconds, double callsPerLaunch, double conflictsPerLaunch) {
        for (var seed = 1; seed <= 3; seed++) {
            var run = new Workflow()
                    .file("launch-out-of-warm-pool.json")
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
}
