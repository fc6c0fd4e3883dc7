package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Profile;
import eiponlaunch.simulator.world.api.Rate;
import org.junit.jupiter.api.Test;

/** Step Functions' own rates: StartExecution is refused without a token, a state transition comes later. */
class StepFunctionsRatesTest {
    @Test
    void withoutATokenEachTransitionWaitsForItsOwn() {
        var run = new Workflow()
                .cloud(CloudSettings.instant().withRate(CloudSettings.STATE_TRANSITION, new Rate(2, 0.5)))
                .run();

        assertThat(run.result.continued()).isEqualTo(1);
        assertThat(run.result.secondsToLastContinue()).isBetween(8.0, 2.0 * (run.result.transitions() - 2));
        assertThat(run.result.violations()).isEmpty();
    }

    /** All events come at once and take the ten tokens. */
    @Test
    void anEventThatStepFunctionsThrottlesIsDeliveredLaterAndStartOnceTriesAgain() {
        var run = new Workflow()
                .cloud(CloudSettings.instant().withRate("StartExecution", new Rate(10, 1)))
                .launches(20)
                .pool(20)
                .run();

        assertThat(run.errors("StartOnce")).contains("StepFunctions.ThrottlingException");
        assertThat(run.statesOfStartOnce()).contains("WaitToStartAgain");
        assertThat(run.executions("StartOnce")).hasSize(20);
        assertThat(run.executions("StartOnce").get(19).start())
                .isAfter(run.executions("StartOnce").get(0).start());
        assertThat(run.result.continued()).isEqualTo(20);
        assertThat(run.result.secondsToLastContinue()).isBetween(30.0, 90.0);
        assertThat(run.result.violations()).isEmpty();
    }

    /** EC2's rate takes 190 seconds for them, and all are started within the first ten or so. */
    @Test
    void aStormOfAThousandInASmallRegionTakesNoLongerThanElsewhere() {
        var run = new Workflow()
                .cloud(Profile.named("small-region").cloud())
                .launches(1000)
                .pool(1000)
                .run();

        assertThat(run.errors("StartOnce")).contains("StepFunctions.ThrottlingException");
        assertThat(run.result.continued()).isEqualTo(1000);
        assertThat(run.result.secondsToLastContinue()).isLessThanOrEqualTo(1.05 * (1000 - 50) / 5);
        assertThat(run.result.transitions()).isLessThanOrEqualTo(24_000);
        assertThat(run.result.violations()).isEmpty();
    }
}
