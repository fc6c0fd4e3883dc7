package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import asl.testing.StateMachineTester;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a launch whose try was throttled waits to look again, alone in a definition that sets what the state reads. */
class WaitToLookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        var tester = StateMachineTester.of(definition(outcome, inARow, untilTurn));

        assertThat(LongStream.rangeClosed(1, 200)
                        .map(seed -> tester.seed(seed).run(Map.of()).took().toSeconds())
                        .summaryStatistics())
                .satisfies(seconds -> assertThat(seconds.getMin()).isEqualTo(least))
                .satisfies(seconds -> assertThat(seconds.getMax()).isEqualTo(most));
    }

    private static String definition(String outcome, int inARow, int untilTurn) throws IOException {
        var shipped = JSON.readTree(
                ProjectFiles.find().read("statemachine/eip-on-launch.asl.json").replace("${DeadlineSeconds}", "600"));
        var wait = (ObjectNode) shipped.path("States").path("WaitToLook");
        wait.put("Next", "Done");
        var definition = JSON.createObjectNode().put("QueryLanguage", "JSONata").put("StartAt", "Given");
        var states = definition.putObject("States");
        states.putObject("Given")
                .put("Type", "Pass")
                .put("Next", "WaitToLook")
                .putObject("Assign")
                .put("throttled", true)
                .put("throttledInARow", inARow)
                .put("began", "{% $millis() %}")
                .putObject("found")
                .put("outcome", outcome)
                .put("secondsUntilTurn", untilTurn);
        states.set("WaitToLook", wait);
        states.putObject("Done").put("Type", "Succeed");
        return definition.toString();
    }
}
