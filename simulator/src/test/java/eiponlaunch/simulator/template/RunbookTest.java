package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person on call finds each alarm in docs/runbook.md. */
class RunbookTest {
    private static final ProjectFiles FILES = ProjectFiles.find();

    private String runbook;
    private String definitions;

    @BeforeEach
    void read() throws IOException {
        runbook = FILES.read("docs/runbook.md");
        definitions = FILES.read("statemachine/eip-on-launch.asl.json")
                + FILES.read("statemachine/start-once.asl.json")
                + FILES.read("statemachine/eip-on-terminate.asl.json")
                + FILES.read("statemachine/reconcile.asl.json");
    }

    @Test
    void everyAlarmHasItsPartAndPointsToIt() {
        var template = ShippedTemplate.complete(Map.of());

        assertThat(template.resources("AWS::CloudWatch::Alarm")).allSatisfy(alarm -> {
            assertThat(runbook).containsPattern("\n### (\\w+, )*" + alarm + "(, \\w+)*\n");
            assertThat(template.properties(alarm).get("AlarmDescription").toString())
                    .endsWith("See docs/runbook.md, " + alarm + ".");
        });
    }

    @Test
    void everyFailureOfOursHasItsPart() throws IOException {
        try (var files = Files.list(FILES.home().resolve("lambdas/src/main/java/eiponlaunch/failure"))) {
            var failures = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> !List.of(
                                    "EipOnLaunchException", "TransientException", "RefusedException", "package-info")
                            .contains(name))
                    .toList();

            assertThat(failures)
                    .isNotEmpty()
                    .allSatisfy(failure -> assertThat(runbook).contains("\n### eiponlaunch.failure." + failure + "\n"));
        }
    }

    @Test
    void everyErrorThatADefinitionEndsWithHasItsPart() {
        assertThat(found("\"[Ee]rror\": \"(\\w+)\""))
                .contains(
                        "NoFreeEip",
                        "ContinueFailed",
                        "LaunchNotStarted",
                        "EipNotReleased",
                        "ContinueNotSent",
                        "GroupNotFound")
                .allSatisfy(error -> assertThat(runbook).contains("\n### " + error + "\n"));
    }

    @Test
    void everyErrorOfAwsThatADefinitionRetriesIsExplained() {
        assertThat(found("\"((?:Lambda|Sandbox|States)\\.(?!ALL)\\w+)\""))
                .isNotEmpty()
                .allSatisfy(error -> assertThat(runbook).contains("`" + error + "`"));
    }

    /** At 3 a.m. nobody wants to write one. */
    @Test
    void everyPartHasACommandToPaste() {
        var parts = Pattern.compile("(?ms)^### (.+?)$(.*?)(?=^##|\\z)")
                .matcher(runbook)
                .results()
                .toList();

        assertThat(parts)
                .hasSizeGreaterThan(30)
                .allSatisfy(part -> assertThat(part.group(2))
                        .as(part.group(1))
                        .containsPattern("\n\\*\\*Paste:\\*\\* (not tried: )?`"));
    }

    @Test
    void everyStackOutputThatACommandReadsExists() throws IOException {
        var outputs = FILES.read("sam-template.yaml").split("\nOutputs:")[1];

        assertThat(Pattern.compile("(?:[(`]output|`failed) (\\w+)")
                        .matcher(runbook)
                        .results()
                        .map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(outputs).containsPattern("(?m)^  " + name + ":"));
    }

    private Stream<String> found(String pattern) {
        return Pattern.compile(pattern)
                .matcher(definitions)
                .results()
                .map(match -> match.group(1))
                .distinct();
    }
}
