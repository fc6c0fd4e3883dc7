package eiponlaunch.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import eiponlaunch.preflight.read.CannotReadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code samconfig.toml} as {@code sam deploy} reads it, but only the settings that lead to the stack. The section of a
 * command takes precedence over the section for all commands. Other environments are not read.
 *
 * @param stackName the stack's name
 * @param region the Region, which goes before AWS_REGION and AWS_DEFAULT_REGION
 * @param profile the profile, which goes before AWS_PROFILE and before credentials in the environment
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html">AWS
 *     SAM CLI configuration file</a>
 */
record SamConfig(String stackName, Optional<String> region, Optional<String> profile) {
    /** SAM's name for the environment when it is given none. */
    static final String DEFAULT_ENVIRONMENT = "default";

    /** What SAM itself calls the stack in this project. */
    private static final String STACK = "eip-on-launch";

    /**
     * Reads the file in a folder; without one, nothing is set.
     *
     * @param environment SAM's {@code --config-env}
     * @throws CannotReadException when the file is not TOML
     */
    static SamConfig read(Path home, String environment) throws IOException {
        var settings = settings(home.resolve("samconfig.toml"), environment);
        return new SamConfig(
                value(settings, "stack_name").orElse(STACK), value(settings, "region"), value(settings, "profile"));
    }

    private static JsonNode settings(Path file, String environment) throws IOException {
        if (!Files.exists(file)) {
            return MissingNode.getInstance();
        }
        try {
            return new TomlMapper().readTree(Files.readString(file)).path(environment);
        } catch (JsonProcessingException e) {
            throw new CannotReadException(file + " is not TOML: " + e.getOriginalMessage(), e);
        }
    }

    private static Optional<String> value(JsonNode settings, String name) {
        return Stream.of("deploy", "global")
                .map(command ->
                        settings.path(command).path("parameters").path(name).asText())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
