package eiponlaunch.emulators.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.Events;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FindFreeEip in AWS's Java runtime while 1,000 instances wait: answers as long as those of EC2 and Auto Scaling. */
class StormOverTheWireIT {
    private static final int LAUNCHES = 1000;
    private static final String INSTANCE = "i-0123456789abcdef0";

    /** With what Java needs beside it, a quarter of the deployed MemorySize; and the JVM options of Lambda's own image. */
    private static final String JVM = "-Xmx300m -XX:+UseSerialGC -XX:+TieredCompilation -XX:TieredStopAtLevel=1";

    /** Of the function, in the template. A call has six seconds. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Wire wire = new Wire();

    @TempDir
    private Path answers;

    @BeforeEach
    void answer() throws IOException, InterruptedException {
        var written = new ProcessBuilder(
                        "python3", "-B", "../checks/payload.py", "" + LAUNCHES, INSTANCE, answers.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(written).isZero();
        for (var action : List.of(
                "DescribeAddresses", "DescribeInstances", "DescribeNetworkInterfaces", "DescribeAutoScalingGroups")) {
            wire.answer(action, Wire.xml(200, file(action)));
            wire.answerFirst(action, body -> body.contains(INSTANCE), Wire.xml(200, file(action + "-one")));
        }
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @Test
    void anInstanceFindsTheAddressAtItsOwnPlaceInTimeAndInAQuarterOfItsMemory() throws IOException {
        var place =
                sorted("DescribeInstances", "<instanceId>(i-\\w+)</instanceId>").indexOf(INSTANCE);
        var eip = sorted("DescribeAddresses", "<allocationId>(eipalloc-\\w+)</allocationId>")
                .get(place);
        var environment = Map.of(
                "AWS_ENDPOINT_URL_EC2", wire.url().toString(),
                "AWS_ENDPOINT_URL_AUTO_SCALING", wire.url().toString(),
                "JAVA_TOOL_OPTIONS", JVM);

        try (var function = new RuntimeEmulator(FindFreeEipHandler.class, environment)) {
            var first = find(function); // a call that takes longer than its timeout fails
            var since = Instant.now();
            var second = find(function);

            assertThat(Duration.between(since, Instant.now())).isLessThan(TIMEOUT);
            assertThat(List.of(first, second))
                    .allSatisfy(output -> assertThat(output.path("outcome").asText())
                            .as("%s", output)
                            .isEqualTo("Found"))
                    .allSatisfy(output ->
                            assertThat(output.at("/eip/allocationId").asText()).isEqualTo(eip))
                    .allSatisfy(output ->
                            assertThat(output.path("secondsUntilTurn").asInt()).isPositive());
        }
    }

    private static JsonNode find(RuntimeEmulator function) {
        var input = Events.read("find-free-eip.json");
        input.set("event", Events.sentNow("launch.json", INSTANCE));
        return function.invoke(input.toString());
    }

    private List<String> sorted(String action, String id) throws IOException {
        return Pattern.compile(id)
                .matcher(file(action))
                .results()
                .map(match -> match.group(1))
                .sorted(Comparator.comparing(StormOverTheWireIT::digits))
                .toList();
    }

    /** Instances queue in the order of the digits that are random; addresses in that of their whole IDs. */
    private static String digits(String id) {
        return id.startsWith("i-") ? id.substring(8) : id;
    }

    private String file(String name) throws IOException {
        return Files.readString(answers.resolve(name + ".xml"));
    }
}
