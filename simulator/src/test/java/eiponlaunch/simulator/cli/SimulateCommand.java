package eiponlaunch.simulator.cli;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./simulate} as a test calls it, with what it prints. */
abstract class SimulateCommand {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    /** The words of the last line that begins so, its name as one. */
    List<String> line(String name) {
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

    int simulate(String... arguments) {
        return Simulate.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
