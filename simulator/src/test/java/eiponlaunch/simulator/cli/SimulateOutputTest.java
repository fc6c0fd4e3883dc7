package eiponlaunch.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What {@code ./simulate} prints and writes. */
class SimulateOutputTest extends SimulateCommand {
    @Test
    void theJsonHasTheDocumentedNamesAndFigures() throws IOException {
        var file = folder.resolve("new/o.json");

        assertThat(simulate("--launches", "20", "--pool", "12", "--json", file.toString()))
                .isZero();

        var json = json(file);
        assertThat(json.fieldNames())
                .toIterable()
                .contains(
                        "launches",
                        "continued",
                        "abandoned",
                        "failedByError",
                        "apiCalls",
                        "conflicts",
                        "throttled",
                        "transitions",
                        "secondsToLastContinue",
                        "virtualSeconds",
                        "violations");
        assertThat(json.get("continued").intValue()).isEqualTo(12);
        assertThat(json.get("abandoned").intValue()).isEqualTo(8);
        assertThat(json.get("failedByError").get("NoFreeEip").intValue()).isEqualTo(8);
        assertThat(json.get("violations")).isEmpty();
        assertThat(json.get("apiCalls").get("CompleteLifecycleAction").intValue())
                .isEqualTo(20);
    }

    @Test
    void theReportIsWrittenBesideTheJson() throws IOException {
        var file = folder.resolve("new/o.json");
        var page = folder.resolve("new/o.html");

        assertThat(simulate("--launches", "3", "--pool", "2", "--json", file.toString(), "--html", page.toString()))
                .isZero();

        assertThat(json(file).get("abandoned").intValue()).isEqualTo(1);
        assertThat(page)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("NoFreeEip")
                .endsWith("</html>\n");
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherSeedAnother() throws IOException {
        var run = new String[] {"--launches", "30", "--pool", "20"};

        assertThat(written("1", run)).isEqualTo(written("1", run)).isNotEqualTo(written("2", run));
        assertThat(written("1", "--soak", "100")).isEqualTo(written("1", "--soak", "100"));
    }

    /** What a run prints and writes, byte for byte. */
    private List<String> written(String seed, String... options) throws IOException {
        var json = folder.resolve("run.json");
        var page = folder.resolve("run.html");
        var arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--seed", seed, "--json", json.toString()));
        if (!arguments.contains("--soak")) {
            arguments.addAll(List.of("--html", page.toString()));
        }
        out.getBuffer().setLength(0);
        assertThat(simulate(arguments.toArray(String[]::new))).isZero();
        return List.of(
                out.toString(), Files.readString(json), arguments.contains("--html") ? Files.readString(page) : "");
    }

    @Test
    void nothingIsLeftBehindWhenARunEndsEarly() {
        var file = folder.resolve("new/r.html");

        assertThat(simulate("--html", file.toString(), "--launches", "0")).isEqualTo(2);

        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void aResultReplacesAnEarlierOneAndLeavesNothingBesideIt() throws IOException {
        var file = Files.writeString(folder.resolve("o.json"), "earlier");

        assertThat(simulate("--json", file.toString())).isZero();

        assertThat(json(file).get("continued").intValue()).isEqualTo(1);
        assertThat(folder.toFile().list()).containsExactly("o.json");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsAnErrorOfItsOwn() throws IOException {
        assertThat(simulate("--json", "/dev/full")).isEqualTo(4);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("simulate: /dev/full cannot be written: ");

        for (var arguments : List.of(List.of("--pool=1"), List.of("--help"), List.of("--month=5"))) {
            err.getBuffer().setLength(0);
            try (var full = new PrintWriter(Files.newOutputStream(Path.of("/dev/full")), true)) {
                assertThat(Simulate.commandLine()
                                .setOut(full)
                                .setErr(new PrintWriter(err, true))
                                .execute(arguments.toArray(String[]::new)))
                        .as("%s", arguments)
                        .isEqualTo(4);
            }
            assertThat(err.toString().lines()).containsExactly("simulate: the output could not be written");
        }
    }

    @Test
    void severalInstancesHaveAColumnThatSaysWhoseALineIs() throws IOException {
        var events = ProjectFiles.find().home().resolve("events");
        var other = Files.writeString(
                folder.resolve("other.json"),
                Files.readString(events.resolve("instance-terminate.json"))
                        .replace("i-0123456789abcdef0", "i-0fedcba9876543210"));

        assertThat(simulate(
                        "--event",
                        events.resolve("launch.json").toString(),
                        "--event",
                        other.toString(),
                        "--early-release",
                        "--pool",
                        "2"))
                .isZero();

        var lines = out.toString().lines().toList();
        var state = lines.get(0).indexOf("state");
        assertThat(lines.get(0)).startsWith("  seconds  instance");
        assertThat(lines).anyMatch(line -> line.contains("i-0123456789abcdef0  EipOnLaunch "));
        assertThat(lines)
                .filteredOn(
                        line -> line.contains("i-0fedcba9876543210  EipOnTerminate") && line.contains("StateEntered"))
                .isNotEmpty()
                .allMatch(line -> line.substring(state - 2, state).isBlank() && line.charAt(state) != ' ');
    }

    @Test
    void theProgressShowsTheTimeLeftOnATerminalOnceARunTakesLong() {
        var written = new StringWriter();
        var now = new AtomicLong();
        var bar = new ProgressBar(new PrintWriter(written), 100, true, now::get);

        now.set(1999);
        bar.add(10);
        assertThat(written.toString()).isEmpty();

        now.set(4000);
        bar.add(30);
        assertThat(written.toString()).contains("] 40 of 100, 6 s left");
    }

    @Test
    void aSoakRunShowsItsProgressAndItsFailures() throws IOException {
        var file = folder.resolve("soak.json");

        assertThat(simulate("--soak", "200", "--faults", "missing-permission", "--json", file.toString()))
                .isZero();

        assertThat(err.toString()).contains("200 of 200 launches");
        assertThat(out.toString()).contains("AccessDenied").contains("0 batches with a broken invariant");
        assertThat(json(file).get("launches").intValue()).isBetween(200, 220); // some leave a warm pool later
        assertThat(out.toString()).contains("laid at the door of", "× permission missing");
    }
}
