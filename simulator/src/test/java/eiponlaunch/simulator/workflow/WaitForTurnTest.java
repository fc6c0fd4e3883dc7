package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the state waits after throttled tries, alone in a definition that sets what it reads. */
class WaitForTurnTest {
    private static final int UNTIL_TURN = 1;

    /**
     * @param looks of the launch that were throttled: some in a storm of more than a hundred
     * @param since seconds since the start of the execution
     */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 60, 0",
        "2, 0, 60, 0",
        "0, 0, 60, 0",
        "0, 1, 60, 0",
        "3, 0, 60, 1",
        "5, 0, 60, 3",
        "1, 1, 60, 3",
        "2, 1, 66, 5",
        "4, 1, 11, 3",
        "2, 1, 33, 2",
    })
    void afterThrottledTriesAtMostSoManySecondsMoreAreWaited(int tries, int looks, int since, int most)
            throws IOException {
        var tester = StateAlone.of("WaitForTurn", since, given -> given(given, tries, looks, UNTIL_TURN));

        assertThat(LongStream.rangeClosed(1, 200)
                        .map(seed -> tester.seed(seed).run(Map.of()).took().toSeconds() - since - UNTIL_TURN)
                        .summaryStatistics())
                .satisfies(seconds -> assertThat(seconds.getMax()).isEqualTo(most))
                .satisfies(seconds -> assertThat(seconds.getMin()).isZero());
    }

    /** Those ahead may have ended without taking their addresses. */
    @ParameterizedTest
    @CsvSource({"30, 20, 20", "30, 40, 30", "30, -5, 1"})
    void whoHasLookedOnTheWayWaitsNoLongerThanUntilItsTimeToTry(int turn, int turnBy, int seconds) throws IOException {
        var tester = StateAlone.of("WaitForTurn", 1, given -> {
            given(given, 0, 0, turn);
            given.put("throttled", true).put("turnBy", "{% $millis() + 1000 * " + (1 + turnBy) + " %}");
        });

        assertThat(tester.run(Map.of()).took().toSeconds()).isEqualTo(1 + seconds);
    }

    private static void given(ObjectNode given, int tries, int looks, int untilTurn) {
        given.put("throttledTries", tries)
                .putNull("turnBy")
                .put("throttledLooks", looks)
                .putObject("found")
                .put("secondsUntilTurn", untilTurn)
                .put("deadline", "2199-01-01T00:00:00Z");
    }
}
