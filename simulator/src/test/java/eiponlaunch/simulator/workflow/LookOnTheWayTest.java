package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import asl.testing.StateMachineTester;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a launch whose try was throttled looks again on the way to its turn: the state EipFound alone, given what it reads. */
class LookOnTheWayTest {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        var execution = StateMachineTester.of(definition(tries, looks, turn, turnBy, untilDeadline))
                .run(Map.of());

        assertThat(execution.states()).containsExactly("Given", "EipFound", next);
    }

    private static String definition(int tries, int looks, int turn, int turnBy, int untilDeadline) throws IOException {
        var shipped = JSON.readTree(ProjectFiles.find().read("statemachine/eip-on-launch.asl.json"));
        var definition = JSON.createObjectNode().put("QueryLanguage", "JSONata").put("StartAt", "Given");
        var states = definition.putObject("States");
        var found = shipped.path("States").path("EipFound");
        Stream.concat(
                        found.findValuesAsText("Next").stream(),
                        Stream.of(found.path("Default").asText()))
                .forEach(name -> states.putObject(name).put("Type", "Succeed"));
        var given = states.putObject("Given")
                .put("Type", "Pass")
                .put("Next", "EipFound")
                .putObject("Assign")
                .put("throttled", true)
                .put("throttledTries", tries)
                .put("throttledLooks", looks)
                .put("turnBy", "{% $millis() + 1000 * " + turnBy + " %}")
                .put("triedInVain", "{% [] %}");
        given.putObject("found")
                .put("outcome", "Found")
                .put("instanceId", "i-1")
                .put("secondsUntilTurn", turn)
                .put("deadline", "{% $fromMillis($millis() + 1000 * " + untilDeadline + ") %}")
                .putObject("eip")
                .put("allocationId", "eipalloc-1");
        states.set("EipFound", found);
        return definition.toString();
    }
}
