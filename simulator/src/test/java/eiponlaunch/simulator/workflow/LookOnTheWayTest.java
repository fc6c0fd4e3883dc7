package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a launch whose try was throttled looks again on the way to its turn: the state EipFound alone, given what it reads. */
class LookOnTheWayTest {
    /**
     * @param tries of the launch that were throttled since it looked on the way
     * @param looks of the launch that were throttled: some in a storm of more than a hundred
     * @param turnBy seconds until it tries at the latest
     * @param untilDeadline seconds
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 5, 0, 600, WaitToLook",
        "1, 0, 4, 0, 600, WaitForTurn",
        "1, 1, 21, 0, 600, WaitToLook",
        "1, 1, 20, 0, 600, WaitForTurn",
        "0, 0, 5, 1, 600, WaitToLook",
        "0, 0, 5, 0, 600, WaitForTurn",
        "1, 0, 600, 0, 500, WaitToAbandon",
        "0, 0, 600, 0, 500, WaitForTurn",
        "0, 0, 600, 1, 500, WaitForTurn",
    })
    void isDecidedByHowFarAwayTheTurnIsUntilTheTimeToTryAndWhoHasLookedSoIsNotAbandoned(
            int tries, int looks, int turn, int turnBy, int untilDeadline, String next) throws IOException {
        var tester = StateAlone.of(
                "EipFound",
                0,
                given -> given.put("throttled", true)
                        .put("throttledTries", tries)
                        .put("throttledLooks", looks)
                        .put("turnBy", "{% $millis() + 1000 * " + turnBy + " %}")
                        .put("triedInVain", "{% [] %}")
                        .putObject("found")
                        .put("outcome", "Found")
                        .put("instanceId", "i-1")
                        .put("secondsUntilTurn", turn)
                        .put("deadline", "{% $fromMillis($millis() + 1000 * " + untilDeadline + ") %}")
                        .putObject("eip")
                        .put("allocationId", "eipalloc-1"));

        assertThat(tester.run(Map.of()).states()).containsExactly("Given", "EipFound", next);
    }
}
