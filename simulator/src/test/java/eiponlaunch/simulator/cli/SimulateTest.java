package eiponlaunch.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulateTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void withoutOptionsOneLaunchGetsTheOneAddress() {
        assertThat(simulate()).isZero();

        assertThat(out.toString())
                .contains("FindFreeEip", "AssociateEip", "CompleteLifecycleContinue", "ExecutionSucceeded")
                .contains("launches 1: 1 continued, 0 abandoned");
        assertThat(err.toString()).isEmpty();
    }

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
    void aMonthCostsWhatIsDeployedAndWhatIsLaunched() {
        assertThat(simulate("--month", "0")).isZero();
        assertThat(line("dashboards")).containsExactly("dashboards", "1", "3.000000", "3.00");
        assertThat(line("launches")).startsWith("launches", "0").endsWith("0.00");
        var withoutEarlyRelease = Integer.parseInt(line("alarm metrics").get(1));

        assertThat(simulate("--month", "1000000", "--early-release")).isZero();
        assertThat(Integer.parseInt(line("alarm metrics").get(1))).isEqualTo(withoutEarlyRelease + 5);
        assertThat(line("hours of custom metrics")).endsWith("4.80"); // eight, for the pool and for pool and group
        assertThat(line("traces")).endsWith("10.00");
        assertThat(Double.parseDouble(line("launches").get(3))).isBetween(100.0, 300.0);
    }

    /** The words of the last line that begins so, its name as one. */
    private List<String> line(String name) {
        var words = out.toString()
                .lines()
                .filter(line -> line.startsWith(name))
                .reduce((before, last) -> last)
                .orElseThrow()
                .substring(name.length())
                .strip()
                .split(" +");
        return Stream.concat(Stream.of(name), Stream.of(words)).toList();
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
    void theDeadlineIsAnOption() {
        simulate("--pool", "0", "--deadline", "40");

        assertThat(out.toString()).contains("NoFreeEip").containsPattern("virtual time 3[78]\\.");
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

    @ParameterizedTest
    @CsvSource({
        "--pool x, --pool",
        "--pool -1, --pool",
        "--launches 0, --launches",
        "--deadline 0, --deadline",
        "--event missing.json, missing.json",
        "--event pom.xml, pom.xml",
        "--nonsense, --nonsense",
        "--strategy fastest, --strategy",
        "--compare --strategy workflow, --strategy",
        "--json /dev/null/x, --json",
        "--html /dev/null/x, --html",
        "--faults throttle;nonsense, --faults",
        "--choice best, --choice",
        "--over 5, --over",
        "--over=, '\"\" is not allowed'",
        "--groups 0, --groups",
        "--soak 0, --soak",
        "--soak 10 --compare, --soak",
        "--soak 10 --html target/x.html, --soak",
        "--json target/same --html target/same, --html",
        "--soak 10 --launches 5, --launches",
        "--soak 10 --parameter DeadlineSeconds=60, --parameter",
        "--refresh 3 --pool 3 --launches 5, --launches",
        "--pool 5 --groups 3, --groups",
        "--shared-pool --pool 3, --shared-pool",
        "--pause 30s, --pause",
        "--refresh 6 --pool 5, --pool",
        "--refresh 2 --pool 5 --healthy 150-100, --healthy",
        "--parameter Nope=1, Nope",
        "--parameter DeadlineSeconds=0, DeadlineSeconds=0",
        "--parameter DeadlineSeconds=7001, from 1 to 7000",
        "--parameter DeadlineSeconds=1.5, a whole number",
        "--parameter HookNames=a;b, HookNames=a;b is not allowed",
        "--parameter Runtime=java8, 'one of [java25, java21]'",
    })
    void badInputIsToldInOneLineThatNamesIt(String arguments, String named) {
        assertThat(simulate(arguments.split(" "))).isEqualTo(2);

        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("simulate: ")
                .contains(named);
        assertThat(out.toString()).doesNotContain("continued,");
    }

    static Stream<Arguments> badEvents() {
        return Stream.of(
                arguments("[".repeat(900) + "]".repeat(900), "is nested more than 100 deep"),
                arguments("{\"a\":".repeat(900) + "1" + "}".repeat(900), "is nested more than 100 deep"),
                arguments("null", "is not an event, which is a JSON object, but null"),
                arguments("[]", "is not an event, which is a JSON object, but an array"),
                arguments("{\"detail\": [1, 1e999]}", "has a number that is too large, at /detail/1"),
                arguments("{}\n{}", "has something after the event (line 2, column 1)"),
                arguments("{\"a\": 1, \"a\": 2}", "Duplicate field 'a'"),
                arguments("{\"a\": ", "is not JSON"),
                arguments("", "is empty"),
                arguments("{\"a\": \"" + "x".repeat(300_000) + "\"}", "is larger than an event may be, 256 KiB"),
                arguments("{}", "is matched by no rule of the stack, so it starts nothing: source is missing"));
    }

    @ParameterizedTest
    @MethodSource("badEvents")
    void aBadEventIsToldInOneLineThatSaysWhatAndWhere(String event, String problem) throws IOException {
        var file = Files.writeString(folder.resolve("event.json"), event);

        assertThat(simulate("--event", file.toString())).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("simulate: --event: " + file + " ")
                .contains(problem);
    }

    @Test
    void anEventThatNoRuleMatchesIsReportedAsSuch() throws IOException {
        var events = ProjectFiles.find().home().resolve("events");
        var other = Files.writeString(
                folder.resolve("other.json"),
                Files.readString(events.resolve("launch.json")).replace("associate-eip", "otherhook"));

        assertThat(simulate("--event", other.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("detail.LifecycleHookName is otherhook, not associate-eip");

        assertThat(simulate("--event", other.toString(), "--parameter", "HookNames=otherhook"))
                .isZero();
        assertThat(out.toString()).contains("1 continued");

        var both = new String[] {"--event", events.resolve("launch.json").toString(), "--event", other.toString()};
        assertThat(simulate(both)).isZero();
        assertThat(out.toString()).contains(other + " is matched by no rule of the stack");

        assertThat(simulate("--event", events.resolve("instance-terminate.json").toString()))
                .isEqualTo(2);
        assertThat(simulate("--event", events.resolve("instance-terminate.json").toString(), "--early-release"))
                .isZero();
    }

    @Test
    void aHookMayChooseAPoolWhenTheParameterAllowsIt() {
        var event = ProjectFiles.find().home().resolve("events/launch-of-hook-with-pool.json");

        assertThat(simulate("--event", event.toString(), "--parameter", "HookPoolTagKeys=Application"))
                .isZero();
        assertThat(out.toString()).contains("launches 1: 1 continued");
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
    void helpListsTheFaultsWithALineEach() {
        assertThat(simulate("--help")).isZero();

        assertThat(FaultName.values())
                .allSatisfy(fault -> assertThat(out.toString()).containsPattern("  " + fault + " +[A-Z]"));
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

    @Test
    void everyFaultAndOnlyTheGivenOnesComeUp() {
        assertThat(simulate("--launches", "50", "--pool", "50", "--faults", "throttle,lambda-throttle"))
                .isZero();
        assertThat(out.toString()).contains("50 continued");

        assertThat(simulate("--faults", "missing-permission")).isZero();
        assertThat(out.toString()).containsAnyOf("AccessDenied", "LaunchNotStarted", "ContinueFailed");
    }

    @Test
    void groupsHavePoolsOfTheirOwnAndLaunchesCanBeSpread() throws IOException {
        var file = folder.resolve("groups.json");

        simulate("--launches", "20", "--groups", "4", "--pool", "5", "--over", "2m", "--json", file.toString());
        assertThat(json(file).get("continued").intValue()).isEqualTo(20);
        assertThat(json(file).get("secondsToLastContinue").doubleValue()).isBetween(100.0, 130.0);

        simulate("--launches", "20", "--groups", "4", "--pool", "4", "--deadline", "30", "--json", file.toString());
        assertThat(json(file).get("continued").intValue()).isEqualTo(16);
    }

    @Test
    void aProfileAndParametersSayWhatTheAccountIsLike() throws IOException {
        var file = folder.resolve("raised.json");
        simulate("--launches", "100", "--pool", "100", "--profile", "raised", "--json", file.toString());
        var untold = json(file).get("secondsToLastContinue").doubleValue();
        simulate(
                "--launches",
                "100",
                "--pool",
                "100",
                "--profile",
                "raised",
                "--parameter",
                "AssociateAddressBurst=200",
                "--json",
                file.toString());

        assertThat(json(file).get("secondsToLastContinue").doubleValue()).isLessThan(untold - 2);
    }

    @Test
    void aProfileThatThereIsNotIsBadInput() {
        assertThat(simulate("--profile", "mild")).isEqualTo(2);
        assertThat(err.toString()).contains("--profile: mild is not allowed, only documented, raised, busy");
    }

    @Test
    void helpNamesEveryOptionAndExitCode() {
        assertThat(simulate("--help")).isZero();

        assertThat(out.toString())
                .contains(
                        "--event",
                        "--launches",
                        "--profile",
                        "--parameter",
                        "--pool",
                        "--seed",
                        "--deadline",
                        "--json",
                        "--strategy",
                        "--compare",
                        "--html",
                        "--help",
                        "--version")
                .contains("an invariant was broken");
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

    private int simulate(String... arguments) {
        return Simulate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
