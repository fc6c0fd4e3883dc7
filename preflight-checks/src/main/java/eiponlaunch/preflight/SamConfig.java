package eiponlaunch.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import eiponlaunch.preflight.look.CannotLookException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * {@code samconfig.toml} as {@code sam deploy} reads it, of which only the stack's name is of interest here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html">AWS
 *     SAM CLI configuration file</a>
 */
final class SamConfig {
    /** SAM's name for the environment when it is given none. */
    static final String DEFAULT_ENVIRONMENT = "default";

    /** What SAM itself calls the stack in this project. */
    private static final String STACK = "eip-on-launch";

    private SamConfig() {}

    /**
     * The command's own section goes before the one for all commands. Other environments are none of its business.
     *
     * @param environment SAM's {@code --config-env}
     * @throws CannotLookException when the file is no TOML
     */
    static String stackName(Path home, String environment) throws IOException {
        var file = home.resolve("samconfig.toml");
        if (!Files.exists(file)) {
            return STACK;
        }
        try {
            var settings = new TomlMapper().readTree(Files.readString(file)).path(environment);
            return Stream.of("deploy", "global")
                    .map(command -> settings.path(command).path("parameters").path("stack_name"))
                    .filter(name -> !name.asText().isEmpty())
                    .map(name -> name.asText())
                    .findFirst()
                    .orElse(STACK);
        } catch (JsonProcessingException e) {
            throw new CannotLookException(file + " is no TOML: " + e.getOriginalMessage(), e);
        }
    }
}
