package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import asl.definition.Choice;
import asl.definition.Definition;
import asl.definition.MapState;
import asl.definition.State;
import asl.definition.Substitutions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedDefinitionsParseTest {
    @ParameterizedTest
    @MethodSource("files")
    void everyShippedDefinitionParses(String file) throws IOException {
        Definition definition = definition(file);

        assertThat(definition.states()).containsKey(definition.startAt());
        assertThat(definition.timeout()).isPresent();
    }

    /** AWS's guide, the language's specification and LocalStack differ in when the Assign of a Choice itself applies. */
    @ParameterizedTest
    @MethodSource("files")
    void noChoiceDependsOnAnAssignOfItsOwn(String file) throws IOException {
        assertThat(choices(definition(file).states().values()))
                .isNotEmpty()
                .allSatisfy(
                        choice -> assertThat(choice.assign()).as(choice.name()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyChoiceLeadsSomewhere(String file) throws IOException {
        assertThat(choices(definition(file).states().values()))
                .allSatisfy(choice -> assertThat(choice.defaultNext().isPresent()
                                || choice.choices()
                                        .get(choice.choices().size() - 1)
                                        .condition()
                                        .text()
                                        .strip()
                                        .equals("true"))
                        .as(choice.name())
                        .isTrue());
    }

    private static List<Choice> choices(Collection<State> states) {
        return states.stream()
                .flatMap(state -> state instanceof MapState map
                        ? choices(map.itemProcessor().states().values()).stream()
                        : Stream.of(state).filter(Choice.class::isInstance).map(Choice.class::cast))
                .toList();
    }

    static List<String> files() {
        return List.of(
                "eip-on-launch.asl.json", "start-once.asl.json", "eip-on-terminate.asl.json", "reconcile.asl.json");
    }

    private static Definition definition(String file) throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("statemachine"))) {
            folder = folder.getParent();
        }
        String text = Files.readString(folder.resolve("statemachine").resolve(file));
        Map<String, String> numbers = Pattern.compile("\\$\\{(\\w+)}")
                .matcher(text)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> "7", (one, other) -> one));

        return Definition.parse(Substitutions.apply(text, numbers));
    }
}
