package eiponlaunch.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The options and events of {@code ./simulate}, and what it refuses. */
class SimulateInputTest extends SimulateCommand {
    @Test
    void theDeadlineIsAnOption() {
        simulate("--pool", "0", "--deadline", "40");

        assertThat(out.toString()).contains("NoFreeEip").containsPattern("virtual time 3[78]\\.");
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
    void helpListsTheFaultsWithALineEach() {
        assertThat(simulate("--help")).isZero();

        assertThat(FaultName.values())
                .allSatisfy(fault -> assertThat(out.toString()).containsPattern("  " + fault + " +[A-Z]"));
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

        assertThat(json(file).get("secondsToLastContinue").doubleValue()).isLessThan(untold - 1);
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
}
