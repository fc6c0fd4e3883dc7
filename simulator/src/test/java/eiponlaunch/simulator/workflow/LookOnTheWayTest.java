package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a launch whose try was throttled looks again on the way to its turn: the state EipFound alone, given what it reads. */
class LookOnTheWayTest {
    /**
     * @param looks of the launch that were throttled: some in a storm of more than a hundred
     * @param turnBy seconds until it tries at the latest; none before its first look on the way
     * @param untilDeadline seconds
     */
    @ParameterizedTest
    @CsvSource({
        "0, 5, , 600, WaitToLook",
        "0, 4, , 600, WaitForTurn",
        "1, 21, , 600, WaitToLook",
        "1, 20, , 600, WaitForTurn",
        "0, 5, 1, 600, WaitToLook",
        "0, 5, 0, 600, WaitForTurn",
        "0, 600, , 500, WaitToAbandon",
        "0, 600, 0, 500, WaitForTurn",
        "0, 600, 1, 500, WaitForTurn",
    })
    void isDecidedByHowFarAwayTheTurnIsUntilTheTimeToTryAndWhoHasLookedSoIsNotAbandoned(
            int looks, int turn, Integer turnBy, int untilDeadline, String next) throws IOException {
        var tester = StateAlone.of(
                "EipFound",
                0,
                given -> given.put("throttled", true)
                        .put("throttledLooks", looks)
                        .put("tried", "eipalloc-1")
                        .put("turnBy", turnBy == null ? null : "{% $millis() + 1000 * " + turnBy + " %}")
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
