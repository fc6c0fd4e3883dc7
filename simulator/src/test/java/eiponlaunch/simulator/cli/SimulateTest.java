package eiponlaunch.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a run of each kind comes to. */
class SimulateTest extends SimulateCommand {
    @Test
    void withoutOptionsOneLaunchGetsTheOneAddress() {
        assertThat(simulate()).isZero();

        assertThat(out.toString())
                .contains("FindFreeEip", "AssociateEip", "CompleteLifecycleContinue", "ExecutionSucceeded")
                .contains("launches 1: 1 continued, 0 abandoned");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aMonthCostsWhatIsDeployedAndWhatIsLaunched() {
        assertThat(simulate("--month", "0")).isZero();
        assertThat(line("dashboards")).containsExactly("dashboards", "1", "3.000000", "3.00");
        assertThat(line("launches")).startsWith("launches", "0").endsWith("0.00");
        var withoutEarlyRelease = Integer.parseInt(line("alarm metrics").get(1));

        assertThat(simulate("--month", "1000000", "--early-release")).isZero();
        assertThat(Integer.parseInt(line("alarm metrics").get(1))).isEqualTo(withoutEarlyRelease + 7);
        assertThat(line("hours of custom metrics")).endsWith("4.80"); // eight, for the pool and for pool and group
        assertThat(line("traces")).endsWith("10.00");
        assertThat(Double.parseDouble(line("launches").get(3))).isBetween(100.0, 300.0);
    }

    @Test
    void theOldLoopIsAStrategy() throws IOException {
        var file = folder.resolve("loop.json");

        assertThat(simulate("--strategy", "article-loop", "--pool", "0", "--json", file.toString()))
                .isZero();

        assertThat(out.toString()).contains("0 continued, 0 abandoned, 1 lost", "1 × Sandbox.Timedout");
        assertThat(json(file).get("strategy").textValue()).isEqualTo("article-loop");
        assertThat(json(file).get("transitions").intValue()).isZero();
    }

    @Test
    void compareShowsBothStrategiesSideBySide() throws IOException {
        var file = folder.resolve("both.json");

        assertThat(simulate("--compare", "--launches", "20", "--pool", "12", "--json", file.toString()))
                .isZero();

        assertThat(out.toString().lines().map(line -> List.of(line.strip().split(" {2,}"))))
                .contains(List.of("workflow", "article-loop"))
                .contains(List.of("launched", "12", "12"))
                .contains(List.of("abandoned", "8", "0"))
                .contains(List.of("lost: the heartbeat ended", "0", "8"))
                .contains(List.of("memory in MB", "1769", "128"))
                .anyMatch(row -> row.get(0).equals("AssociateAddress calls") && row.size() == 3)
                .anyMatch(row -> row.get(0).equals("dollars") && row.size() == 3);
        for (var strategy : new String[] {"workflow", "article-loop"}) {
            var json = json(file).get(strategy);
            assertThat(json.get("strategy").textValue()).isEqualTo(strategy);
            assertThat(json.get("continued").intValue()).isEqualTo(12);
            assertThat(json.get("dollars").doubleValue()).isPositive();
        }
    }

    @Test
    void compareRunsTheWorkflowAsARunWithoutItWould() throws IOException {
        var both = folder.resolve("both.json");
        simulate("--compare", "--launches", "20", "--pool", "12", "--json", both.toString());
        var one = folder.resolve("one.json");
        simulate("--launches", "20", "--pool", "12", "--json", one.toString());

        assertThat(json(both).get("workflow")).isEqualTo(json(one));
    }

    @Test
    void aRepeatedEventIsADeliveryAndNoLaunch() throws IOException {
        var events = ProjectFiles.find().home().resolve("events");
        var event = events.resolve("launch.json").toString();
        var file = folder.resolve("o.json");
        assertThat(simulate("--event", event, "--json", file.toString())).isZero();
        var once = json(file);
        out.getBuffer().setLength(0);

        assertThat(simulate(
                        "--event", event,
                        "--event", events.resolve("launch-duplicate.json").toString(),
                        "--json", file.toString()))
                .isZero();

        var twice = json(file);
        assertThat(started("StartOnce")).as("deliveries").isEqualTo(2);
        assertThat(started("EipOnLaunch")).isEqualTo(1);
        assertThat(out.toString()).contains("launches 1: 1 continued, 0 abandoned, 0 lost");
        assertThat(twice.get("launches")).isEqualTo(once.get("launches"));
        assertThat(twice.get("lambdaInvocations")).isEqualTo(once.get("lambdaInvocations"));
        // the second delivery is in the cost of the one launch, which is not halved by it
        assertThat(twice.get("transitions").intValue())
                .isEqualTo(once.get("transitions").intValue() + 1);
        assertThat(out.toString())
                .contains(String.format(
                        Locale.ROOT, "%.6f dollars", twice.get("dollars").doubleValue()));
        assertThat(twice.get("dollars").doubleValue())
                .isGreaterThan(once.get("dollars").doubleValue());
    }

    private long started(String machine) {
        return out.toString()
                .lines()
                .filter(line -> line.contains(" " + machine + " ") && line.contains(" ExecutionStarted"))
                .count();
    }

    @Test
    void aRefreshIsAnsweredInOneSentenceWithTheSmallestPoolThatSuffices() {
        assertThat(simulate("--refresh", "6", "--pool", "8")).isZero();
        assertThat(out.toString().lines())
                .singleElement()
                .asString()
                .matches("A refresh of 6 instances takes \\d+ min \\d+ s with a pool of 8: \\d of its 6 launches waited"
                        + " for an address, and the slowest took \\d+ s; with (\\d+) addresses none waits\\.");
        var sufficient = out.toString().replaceAll("(?s).*with (\\d+) addresses none.*", "$1");

        assertThat(simulate("--refresh", "6", "--pool", sufficient)).isZero();
        assertThat(out.toString()).contains("with a pool of " + sufficient + ": none of its 6 launches waited");

        assertThat(simulate("--refresh", "6", "--pool", String.valueOf(Integer.parseInt(sufficient) - 1)))
                .isZero();
        assertThat(out.toString().lines().reduce((first, last) -> last).orElseThrow())
                .doesNotContain("none of its");
    }

    @Test
    void aRefreshThatCannotEndIsCalledThat() {
        assertThat(simulate("--refresh", "6", "--pool", "6", "--healthy", "100-150"))
                .isZero();

        assertThat(out.toString()).startsWith("A refresh of 6 instances does not end with a pool of 6");
    }

    @Test
    void theSoaksErrorsSumUpToItsAbandonedLaunches() throws IOException {
        var file = folder.resolve("soak.json");
        simulate("--soak", "200", "--seed", "3", "--json", file.toString());

        var json = json(file);
        var sum = 0;
        for (var count : json.get("abandonedByError")) {
            sum += count.intValue();
        }
        assertThat(sum).isEqualTo(json.get("abandoned").intValue()).isPositive();
    }

    @Test
    void aBrokenInvariantHasItsOwnExitCodeAndTellsTheSeed() throws IOException {
        var project = copyOfTheProject();
        var definition = project.resolve("statemachine/eip-on-launch.asl.json");
        Files.writeString(
                definition,
                Files.readString(definition)
                        .replace("outcome = 'Found'", "outcome = 'Never'")
                        .replace("['AlreadyHeld', 'WarmPool']", "['AlreadyHeld', 'WarmPool', 'Found']"));

        System.setProperty("eiponlaunch.home", project.toString());
        try {
            assertThat(simulate("--seed", "7")).isEqualTo(3);
        } finally {
            System.clearProperty("eiponlaunch.home");
        }
        assertThat(out.toString())
                .contains("went on without an address of the pool")
                .contains("--seed 7");
    }

    private Path copyOfTheProject() throws IOException {
        var home = ProjectFiles.find().home();
        for (var file : new String[] {
            "sam-template.yaml",
            "events/launch.json",
            "statemachine/eip-on-launch.asl.json",
            "statemachine/start-once.asl.json",
            "statemachine/reconcile.asl.json"
        }) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(home.resolve(file), folder.resolve(file));
        }
        return folder;
    }
}
