package eiponlaunch.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** {@code samconfig.toml}, of which only the stack's name is of interest here. */
final class SamConfig {
    private static final Pattern STACK_NAME = Pattern.compile("(?m)^\\s*stack_name\\s*=\\s*\"([^\"]+)\"");

    /** What SAM itself calls the stack in this project. */
    private static final String DEFAULT = "eip-on-launch";

    private SamConfig() {}

    static String stackName(Path home) throws IOException {
        var file = home.resolve("samconfig.toml");
        return Files.exists(file)
                ? STACK_NAME
                        .matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .findFirst()
                        .orElse(DEFAULT)
                : DEFAULT;
    }
}
