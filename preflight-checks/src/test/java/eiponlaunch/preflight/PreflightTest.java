package eiponlaunch.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.preflight.check.Check;
import eiponlaunch.preflight.read.CannotReadException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, as far as it asks AWS nothing. */
class PreflightTest {
    private static final Path DOCUMENT = Path.of("../docs/preflight.md");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "'', Missing required option: '--group=NAME'",
        "--json, Missing required option: '--group=NAME'",
        "--addresses b, Unmatched argument",
        "--group, Missing required parameter for option '--group'",
        "--group=a --tag=Application, KEY=VALUE",
        "--group=a --tag==ForwardProxy, a tag needs a key",
        "'--group=a --tag=Application=Forward,Proxy', no comma",
        "--group=a --unknown, Unknown option: '--unknown'",
        "--group=a b, Unmatched argument",
    })
    void wrongUsageIsToldInOneLineAndEndsWithTwo(String arguments, String message) {
        assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString().strip().lines())
                .singleElement()
                .asString()
                .startsWith("preflight: ")
                .contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsAnErrorOfItsOwn() throws IOException {
        try (var full = new PrintWriter(Files.newOutputStream(Path.of("/dev/full")), true)) {
            assertThat(Preflight.commandLine()
                            .setOut(full)
                            .setErr(new PrintWriter(err, true))
                            .execute("--help"))
                    .isEqualTo(4);
        }
        assertThat(err.toString().lines()).containsExactly("preflight: the output could not be written");
    }

    @Test
    void helpNamesEveryOptionAndExitCode() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--group",
                        "--hook",
                        "--stack",
                        "--config-env",
                        "--region",
                        "--profile",
                        "--tag",
                        "--dry-run",
                        "--addresses",
                        "--json",
                        "--version")
                .contains(
                        "0   everything was checked",
                        "1   a check failed",
                        "2   wrong usage",
                        "3   nothing failed, but",
                        "4   the result could not be written");
    }

    /** As `sam deploy --guided` leaves it behind under another name, with and without another environment. */
    @ParameterizedTest
    @CsvSource({"default, mine", "staging, of-staging", "production, eip-on-launch", "global, eip-on-launch"})
    void stackIsTheOneThatSamDeploysInThatEnvironment(String environment, String stack, @TempDir Path home)
            throws IOException {
        Files.writeString(home.resolve("samconfig.toml"), """
                version = 0.1
                # stack_name = "a-comment"
                [staging.deploy.parameters]
                stack_name = 'of-staging' # stack_name = "another-comment"
                [default.validate.parameters]
                stack_name = "of-another-command"
                [default.global.parameters]
                stack_name = "of-all-commands"
                parameter_overrides = "EipTagValue=\\"stack_name = x\\""
                [default.deploy.parameters]
                stack_name = "mine"
                """);

        assertThat(SamConfig.read(home, environment).stackName()).isEqualTo(stack);
    }

    @Test
    void withoutANameForTheCommandTheOneForAllCommandsHolds(@TempDir Path home) throws IOException {
        Files.writeString(
                home.resolve("samconfig.toml"),
                "version = 0.1\n[default.deploy.parameters]\ncapabilities = \"CAPABILITY_IAM\"\n"
                        + "[default.global.parameters]\nstack_name = \"mine\"\n");

        assertThat(SamConfig.read(home, "default").stackName()).isEqualTo("mine");
        assertThat(SamConfig.read(Path.of(".."), "default").stackName()).isEqualTo("eip-on-launch");
    }

    @Test
    void withoutSamsSettingsTheStackHasTheProjectsName(@TempDir Path home) throws IOException {
        assertThat(SamConfig.read(home, "default").stackName()).isEqualTo("eip-on-launch");
    }

    @Test
    void settingsThatAreNoTomlAreToldInOneLine(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("samconfig.toml"), "version = 0.1\nstack_name = mine\n");

        assertThatThrownBy(() -> SamConfig.read(home, "default"))
                .isInstanceOf(CannotReadException.class)
                .hasMessageContaining("samconfig.toml is not TOML")
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ja.md", "docs/preflight.md", "docs/runbook.md"})
    void everyCommandOfTheDocumentsParses(String document) throws IOException {
        var commands = Pattern.compile("\\./preflight((?: --[a-z-]+(?:[ =][\\w-]+)?)+)")
                .matcher(Files.readString(Path.of("..", document)))
                .results()
                .map(command -> command.group(1).strip().split(" +"))
                .toList();

        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(options -> Preflight.commandLine().parseArgs(options));
    }

    @Test
    void theDocumentListsEveryCheckAndNoOther() throws IOException {
        var rows = Pattern.compile("(?m)^\\| `([A-Z]\\w+)` \\| (?=[^|]+ \\|$)")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(row -> row.group(1));

        assertThat(rows)
                .containsExactlyElementsOf(Check.all().stream().map(Check::name).toList());
    }

    @Test
    void theDocumentListsEveryPermissionThatACallNeeds() throws IOException {
        var needed = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java/eiponlaunch/preflight/read"))) {
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                Pattern.compile("Call\\.of\\(\\s*\"(\\w+:\\w+)\"")
                        .matcher(Files.readString(source))
                        .results()
                        .forEach(call -> needed.add(call.group(1)));
            }
        }
        var listed = Pattern.compile("`(\\w+:[A-Z]\\w+)`")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(permission -> permission.group(1));

        assertThat(needed).isNotEmpty();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(needed);
    }

    private int run(String... arguments) {
        return Preflight.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
