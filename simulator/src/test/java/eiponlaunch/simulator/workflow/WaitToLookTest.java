package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a launch whose try was throttled waits to look again, alone in a definition that sets what the state reads. */
class WaitToLookTest {
    /**
     * @param outcome of the last look that EC2 did not throttle
     * @param inARow looks that EC2 throttled since then
     */
    @ParameterizedTest
    @CsvSource({
        "Found, 0, 21, 6, 6",
        "Found, 0, 100, 30, 30",
        "Found, 1, 100, 1, 4",
        "Found, 2, 100, 1, 4",
        "Throttled, 0, 100, 1, 4",
    })
    void afterAThrottledTryALaunchLooksAgainOnTheWayToItsTurnOrWithinSecondsWhereThatLookIsThrottled(
            String outcome, int inARow, int untilTurn, int least, int most) throws IOException {
        var tester = StateAlone.of(
                "WaitToLook",
                0,
                given -> given.put("throttled", true)
                        .put("throttledInARow", inARow)
                        .put("began", "{% $millis() %}")
                        .putObject("found")
                        .put("outcome", outcome)
                        .put("secondsUntilTurn", untilTurn));

        assertThat(LongStream.rangeClosed(1, 200)
                        .map(seed -> tester.seed(seed).run(Map.of()).took().toSeconds())
                        .summaryStatistics())
                .satisfies(seconds -> assertThat(seconds.getMin()).isEqualTo(least))
                .satisfies(seconds -> assertThat(seconds.getMax()).isEqualTo(most));
    }
}
