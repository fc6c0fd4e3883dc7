package eiponlaunch.emulators.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code emulators/up} and {@code emulators/down}, with emulators and a state folder of their own. */
class EmulatorsScriptsIT {
    @TempDir
    private Path state;

    private record Ended(int exit, List<String> out, List<String> err) {}

    @AfterEach
    void end() throws Exception {
        run("./down", Map.of());
    }

    @Test
    void secondUpReusesWhatRunsAndDownEndsIt() throws Exception {
        var first = run("./up", Map.of());
        var second = run("./up", Map.of());
        var pids = pids();
        var down = run("./down", Map.of());

        assertThat(first.exit()).as("%s", first.err()).isZero();
        assertThat(first.out()).allMatch(line -> line.startsWith("export EMULATORS_"));
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err()).containsExactly("emulators/up: ready");
        assertThat(pids).hasSize(2);
        assertThat(down.exit()).isZero();
        assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void takenPortIsOneLineAndNothingRuns() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());

            assertFailsWith(
                    run("./up", Map.of("EMULATORS_MOTO_PORT", port)),
                    "emulators/up: port " + port + " for moto is taken or not a port");
        }
    }

    @Test
    void engineThatDoesNotComeUpInTimeIsOneLineAndNothingRuns() throws Exception {
        assertFailsWith(
                run("./up", Map.of("EMULATORS_TIMEOUT", "0")),
                "emulators/up: ministack did not come up within 0 seconds (log: " + state.resolve("ministack.log")
                        + ")");
    }

    @Test
    void packageThatCannotBeInstalledIsOneLineAndNothingRuns() throws Exception {
        var copy = Files.createDirectory(state.resolve("emulators"));
        for (var file : List.of("up", "down")) {
            Files.copy(Path.of(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.copy(
                Path.of("../bin/python-environment"),
                Files.createDirectory(state.resolve("bin")).resolve("python-environment"));
        Files.createDirectory(copy.resolve("requirements"));
        Files.writeString(copy.resolve("requirements/sam.txt"), "/no/such/package\n");

        var up = run(copy.resolve("up").toString(), Map.of("XDG_CACHE_HOME", state.toString()));

        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.out()).containsExactly("false");
        assertThat(up.err())
                .hasSize(3)
                .startsWith("installing sam")
                .endsWith("emulators/up: no SAM CLI")
                .element(1)
                .asString()
                .contains("cannot install sam", "/no/such/package");
        assertThat(pids()).isEmpty();
    }

    /** A pid alone may be another process's by now. */
    @Test
    void downLeavesAProcessAloneThatOnlyHasThePid() throws Exception {
        var stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(state.resolve("moto.pid"), stranger.pid() + " 1\n");

            assertThat(run("./down", Map.of()).exit()).isZero();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroy();
        }
    }

    private void assertFailsWith(Ended up, String line) throws IOException {
        assertThat(up.exit()).isEqualTo(1);
        assertThat(up.out()).as("an eval of it fails").containsExactly("false");
        assertThat(up.err()).last().isEqualTo(line);
        assertThat(pids()).isEmpty();
    }

    private List<Long> pids() throws IOException {
        try (var files = Files.newDirectoryStream(state, "*.pid")) {
            var pids = new ArrayList<Long>();
            for (var file : files) {
                pids.add(Long.valueOf(Files.readString(file).split(" ")[0]));
            }
            return pids;
        }
    }

    private Ended run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        var err = state.resolve("stderr");
        var builder = new ProcessBuilder(script).redirectError(err.toFile());
        builder.environment().put("EMULATORS_STATE", state.toString());
        builder.environment().putAll(environment);
        var process = builder.start();
        List<String> out;
        try (var lines = process.inputReader()) {
            out = lines.lines().toList();
        }
        return new Ended(process.waitFor(), out, Files.readAllLines(err));
    }
}
