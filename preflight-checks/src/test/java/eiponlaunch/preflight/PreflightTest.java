package eiponlaunch.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, as far as it asks AWS nothing. */
class PreflightTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "'', Missing required option: '--group=NAME'",
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
    void helpNamesEveryOptionAndExitCode() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--group", "--hook", "--stack", "--tag", "--json", "--version")
                .contains("0   nothing failed", "1   a check failed", "2   wrong usage", "3   could not look at all");
    }

    @Test
    void stackIsTheOneThatSamDeploys(@TempDir Path home) throws IOException {
        Files.writeString(
                home.resolve("samconfig.toml"), "version = 0.1\n[default.global.parameters]\nstack_name = \"mine\"\n");

        assertThat(SamConfig.stackName(home)).isEqualTo("mine");
        assertThat(SamConfig.stackName(Path.of(".."))).isEqualTo("eip-on-launch");
    }

    @Test
    void withoutSamsSettingsTheStackHasTheProjectsName(@TempDir Path home) throws IOException {
        assertThat(SamConfig.stackName(home)).isEqualTo("eip-on-launch");
    }

    private int run(String... arguments) {
        return Preflight.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
