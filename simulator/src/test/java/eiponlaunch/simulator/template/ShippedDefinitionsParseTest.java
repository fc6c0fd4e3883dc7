package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import asl.definition.Definition;
import asl.definition.Substitutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedDefinitionsParseTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eip-on-launch.asl.json",
                "start-once.asl.json",
                "eip-on-terminate.asl.json",
                "reconcile.asl.json"
            })
    void everyShippedDefinitionParses(String file) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("statemachine"))) {
            folder = folder.getParent();
        }
        String text = Files.readString(folder.resolve("statemachine").resolve(file));
        Map<String, String> numbers = Pattern.compile("\\$\\{(\\w+)}")
                .matcher(text)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> "7", (one, other) -> one));

        Definition definition = Definition.parse(Substitutions.apply(text, numbers));

        assertThat(definition.states()).containsKey(definition.startAt());
        assertThat(definition.timeout()).isPresent();
    }
}
