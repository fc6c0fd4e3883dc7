package eiponlaunch.simulator.documents;

import asl.definition.Definition;
import asl.definition.Substitutions;
import eiponlaunch.simulator.cli.Simulate;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The generated parts of the documents. Between {@code <!-- KIND SOURCE -->} and {@code <!-- end -->} is the diagram of
 * a definition, the table of the template's parameters, or the output of {@code ./simulate}.
 */
public final class Documents {
    private static final Pattern PART = Pattern.compile(
            "(?s)(?<begin><!-- (?<kind>diagram|parameters|output) (?<source>[^\\n]+?) -->\\n).*?(?<end><!-- end -->)");
    private static final String COMMAND = "./simulate";

    private final ProjectFiles files;

    public Documents(ProjectFiles files) {
        this.files = files;
    }

    /** {@code docs/update}: rewrites every such part. With {@code --check} it only lists the files that are stale. */
    public static void main(String[] args) throws IOException {
        var check = args.length == 1 && args[0].equals("--check");
        if (args.length > 0 && !check) {
            System.err.println("docs/update: only --check is an option");
            System.exit(2);
        }
        var documents = new Documents(ProjectFiles.find());
        var stale = documents.stale();
        for (var file : stale) {
            if (!check) {
                Files.writeString(file, documents.current(file));
            }
            System.out.println((check ? "stale: " : "written: ") + file);
        }
        System.exit(check && !stale.isEmpty() ? 1 : 0);
    }

    /** The documents in which a part is not what it should be. */
    public List<Path> stale() throws IOException {
        var stale = new ArrayList<Path>();
        for (var file : all()) {
            if (!Files.readString(file).equals(current(file))) {
                stale.add(file);
            }
        }
        return stale;
    }

    private List<Path> all() throws IOException {
        try (var top = Files.list(files.home());
                var docs = Files.list(files.home().resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** The text that a document should have. */
    public String current(Path file) throws IOException {
        return PART.matcher(Files.readString(file))
                .replaceAll(part -> Matcher.quoteReplacement(
                        part.group(1) + content(part.group(2), part.group(3)) + part.group(4)));
    }

    private String content(String kind, String source) {
        try {
            return switch (kind) {
                case "diagram" -> fenced("mermaid", StateDiagram.of(definition(source)));
                case "parameters" -> ParameterTable.of(files.home().resolve(source));
                default -> fenced("", "$ " + source + "\n" + output(source));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fenced(String language, String content) {
        return "```" + language + "\n" + content + "```\n";
    }

    private Definition definition(String source) throws IOException {
        // with a name, so that the state machine which is optional is there too
        var template = SamTemplate.read(files.template(), Map.of("TerminateHookNames", "disassociate-eip"));
        for (var machine : template.resources("AWS::Serverless::StateMachine")) {
            if (source.equals(template.properties(machine).get("DefinitionUri"))) {
                return Definition.parse(
                        Substitutions.apply(files.read(source), template.definitionSubstitutions(machine)));
            }
        }
        throw new IllegalArgumentException("no state machine of the template has the definition " + source);
    }

    private static String output(String command) {
        var words = command.split(" ");
        if (!words[0].equals(COMMAND)) {
            throw new IllegalArgumentException("only " + COMMAND + " is run, not " + command);
        }
        var out = new StringWriter();
        new CommandLine(new Simulate())
                .setOut(new PrintWriter(out, true))
                .execute(List.of(words).subList(1, words.length).toArray(String[]::new));
        return out.toString();
    }
}
