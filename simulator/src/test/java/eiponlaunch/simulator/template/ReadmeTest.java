package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.failure.EipOnLaunchException;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.EipPools;
import eiponlaunch.simulator.cli.Simulate;
import eiponlaunch.simulator.documents.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the documents say is what the files say. */
class ReadmeTest {
    private static final ProjectFiles FILES = ProjectFiles.find();

    @Test
    void diagramsParametersAndPrintedRunsAreCurrent() throws IOException {
        assertThat(new Documents(FILES).stale()).as("run docs/update").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.ja.md", "docs/guide.md", "docs/cost.md"})
    void everySimulateCommandParses(String document) throws IOException {
        var commands = matches("(?m)^(?:\\$ |<!-- output )?\\./simulate\\b *(.*?)(?: -->)?$", document);

        assertThat(commands)
                .isNotEmpty()
                .allSatisfy(options -> new CommandLine(new Simulate())
                        .parseArgs(options.isEmpty() ? new String[0] : options.split(" +")));
    }

    @Test
    void theJapaneseReadmeHasTheSamePartsWithTheSameCommands() {
        assertThat(partsAndCode("README.ja.md").map(text -> text.replace("ap-northeast-1", "eu-west-1")))
                .hasSizeGreaterThan(12)
                .containsExactlyElementsOf(partsAndCode("README.md").toList());
    }

    @Test
    void theLayoutHasEveryFolderAndEveryPackageOfTheModules() throws IOException {
        var tree = FILES.read("CONTRIBUTING.md").split("(?m)^## Layout$", 2)[1].split("```")[1];

        assertThat(tree.lines().filter(line -> line.matches("[\\w-]+/ .*")).map(line -> line.split("/ ")[0]))
                .containsExactlyInAnyOrderElementsOf(folders(FILES.home()));
        for (var packages : List.of(
                "asl-interpreter/src/main/java/asl",
                "simulator/src/main/java/eiponlaunch/simulator",
                "preflight-checks/src/main/java/eiponlaunch/preflight")) {
            var line = tree.split("(?m)^" + packages.split("/")[0] + "/ .*\n", 2)[1]
                    .lines()
                    .findFirst()
                    .orElseThrow();

            assertThat(line.strip().split("/ ?"))
                    .containsExactlyInAnyOrderElementsOf(folders(FILES.home().resolve(packages)));
        }
    }

    private static List<String> folders(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.equals("target"))
                    .toList();
        }
    }

    /** The heads of the parts, without their words, and all code but the diagram. */
    private static Stream<String> partsAndCode(String document) {
        return matches("(?ms)^(## |```\\w*\\n.*?^```$)", document).stream()
                .filter(text -> !text.startsWith("```mermaid"));
    }

    @Test
    void everyParameterIsInTheTableWithItsDefault() throws IOException {
        var rows = rows("Parameters");

        assertThat(rows.stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyElementsOf(TemplateParameter.of(FILES.template()).stream()
                        .map(parameter -> "`" + parameter.name() + "` "
                                + (parameter.defaultValue().isEmpty()
                                        ? "(empty)"
                                        : "`" + parameter.defaultValue() + "`"))
                        .toList());
    }

    @Test
    void everyErrorOfOursIsListedAndNoOther() throws IOException {
        var listed = rows("When it fails").stream()
                .map(row -> row.get(0).replace("`", ""))
                .filter(error -> error.matches("eiponlaunch\\..*|\\w+"));

        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(failures().stream(), literalErrors().stream())
                        .toList());
    }

    @Test
    void everyErrorOfReconcileIsListedWithTheInstancesThatRunAlready() throws IOException {
        var listed = rows("Instances that already run").stream()
                .map(row -> row.get(0).replace("`", ""))
                .filter(error -> error.matches("\\w+"));

        assertThat(listed)
                .containsExactlyElementsOf(matches("\"Error\": \"(\\w+)\"", "statemachine/reconcile.asl.json"));
    }

    /** The cells of the table under a heading, without the table's head. */
    private static List<List<String>> rows(String heading) throws IOException {
        var section = FILES.read("docs/guide.md")
                .split("(?m)^## " + heading + "$", 2)[1]
                .split("(?m)^## ", 2)[0];
        return section.lines()
                .filter(line -> line.startsWith("| "))
                .skip(2)
                .map(line -> List.of(line.substring(2).split(" \\| ")))
                .toList();
    }

    /** The exceptions that a function may throw. */
    private static List<String> failures() throws IOException {
        try (var sources = Files.list(FILES.home().resolve("lambdas/src/main/java/eiponlaunch/failure"))) {
            return sources.map(source -> "eiponlaunch.failure."
                            + source.getFileName().toString().replace(".java", ""))
                    .filter(ReadmeTest::isThrown)
                    .toList();
        }
    }

    private static boolean isThrown(String name) {
        try {
            var type = Class.forName(name);
            return EipOnLaunchException.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The errors that the definitions themselves name. */
    private static List<String> literalErrors() throws IOException {
        return Stream.of(
                        "statemachine/eip-on-launch.asl.json",
                        "statemachine/start-once.asl.json",
                        "statemachine/eip-on-terminate.asl.json")
                .flatMap(definition -> matches("\"[eE]rror\": \"(\\w+)\"", definition).stream())
                .distinct()
                .toList();
    }

    @Test
    void everyLocalInvokeNamesAFunctionAndItsEvent() throws IOException {
        var functions = ShippedTemplate.complete(Map.of()).resources("AWS::Serverless::Function");

        assertThat(matches("(?m)^sam local invoke (\\w+) -e \\S+$", "docs/guide.md"))
                .containsExactlyElementsOf(functions);
        assertThat(matches("(?m)^sam local invoke \\w+ -e (\\S+)$", "docs/guide.md"))
                .allSatisfy(event -> assertThat(FILES.home().resolve(event)).exists());
    }

    /** A template named for the other commands would take the place of the built one: they would deploy the source. */
    @Test
    void onlyValidateAndBuildReadTheTemplateItself() {
        assertThat(matches(
                        "(?s)\\[default\\.(\\w+)\\.parameters]\\ntemplate_file = \"sam-template.yaml\"",
                        "samconfig.toml"))
                .containsExactly("validate", "build");
        assertThat(matches("(template_file)", "samconfig.toml")).hasSize(2);
    }

    /** Also those behind a #, which a reader makes ones. */
    @Test
    void whatSamDeploysByDefaultAreParametersAndTheFirstOnesTheirDefaults() {
        var named = matches("(?m)^ +(?:# )?[\"'](\\w+)=", "samconfig.toml");
        var set = matches("(?m)^ +[\"'](\\w+=[^\"']*)[\"'],$", "samconfig.toml");
        var template = ShippedTemplate.complete(Map.of());

        assertThat(named)
                .hasSizeGreaterThan(set.size())
                .allSatisfy(name -> assertThat(template.parameter(name)).isNotNull());
        assertThat(set).isNotEmpty().allSatisfy(parameter -> {
            var both = parameter.split("=", 2);
            assertThat(template.parameter(both[0])).isEqualTo(both[1]);
        });
    }

    /** The next plain `sam deploy` would take it back. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "README.ja.md",
                "docs/guide.md",
                "docs/day-2.md",
                "docs/runbook.md",
                "docs/preflight.md",
                "docs/set-ups.md"
            })
    void noCommandChangesAParameterForOneDeploymentOnly(String document) {
        assertThat(matches("(sam deploy[^`\n]*--parameter-overrides)", document))
                .isEmpty();
    }

    /** Written as a shell hands it on, between single quotes. */
    @ParameterizedTest
    @ValueSource(strings = {"docs/guide.md", "docs/set-ups.md"})
    void everyMetadataThatAHookIsGivenIsOneThatTheFunctionsRead(String document) {
        assertThat(matches("--notification-metadata '([^']*)'", document))
                .isNotEmpty()
                .allSatisfy(metadata -> assertThat(
                                new EipPools("Application=ForwardProxy", "Application", "", "").chosenBy(metadata))
                        .isNotEqualTo(EipPool.of("Application=ForwardProxy")));
    }

    @Test
    void everyOutputThatIsNamedExists() throws IOException {
        var outputs = (Map<?, ?>)
                CloudFormationYaml.parse(Files.readString(FILES.template())).get("Outputs");

        assertThat(Stream.of("README.md", "docs/guide.md")
                        .flatMap(file -> matches("`(\\w+(?:Console|Url))`", file).stream()))
                .hasSizeGreaterThan(2)
                .allSatisfy(name -> assertThat(outputs.containsKey(name)).isTrue());
    }

    @Test
    void everyCostIsWhatARunPrinted() throws IOException {
        var figure = Pattern.compile("\\b0\\.\\d{6}\\b");
        var parts = FILES.read("docs/cost.md").split("```");
        var printed = new TreeSet<String>();
        var told = new TreeSet<String>();
        for (var part = 0; part < parts.length; part++) {
            figure.matcher(parts[part])
                    .results()
                    .map(MatchResult::group)
                    .forEach(part % 2 == 1 ? printed::add : told::add);
        }

        assertThat(told).hasSizeGreaterThan(5);
        assertThat(printed).containsAll(told);
    }

    @Test
    void everyLinkWithinTheProjectLeadsSomewhere() throws IOException {
        for (var document : documents()) {
            var folder = FILES.home().resolve(document).getParent();

            assertThat(matches("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)", document))
                    .as(document)
                    .allSatisfy(link -> assertThat(folder.resolve(link)).exists());
        }
    }

    /** GitHub's anchors: lower case, without punctuation, with a hyphen for each space. */
    @Test
    void everyLinkToAHeadingLeadsToOne() throws IOException {
        for (var document : documents()) {
            var folder = FILES.home().resolve(document).getParent();
            var links = Pattern.compile("\\]\\((?!https?:)([^)#]*)#([^)]+)\\)")
                    .matcher(FILES.read(document))
                    .results()
                    .toList();

            for (var link : links) {
                var target = link.group(1).isEmpty() ? FILES.home().resolve(document) : folder.resolve(link.group(1));
                assertThat(anchors(target)).as("%s: %s", document, link.group()).contains(link.group(2));
            }
        }
    }

    private static List<String> anchors(Path document) throws IOException {
        return Pattern.compile("(?m)^#+ (.*)$")
                .matcher(Files.readString(document))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<String> documents() throws IOException {
        try (var files = Files.walk(FILES.home(), 3)) {
            return files.map(file -> FILES.home().relativize(file))
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> file.getNameCount() == 1
                            || file.startsWith("docs")
                            || file.startsWith("examples")
                            || file.startsWith(".github"))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static List<String> matches(String pattern, String file) {
        try {
            return Pattern.compile(pattern)
                    .matcher(FILES.read(file))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
