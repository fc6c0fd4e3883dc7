package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The parent names every version once. Only lambdas, which has no parent, names its own, and they agree. */
class VersionsTest {
    private static final Path HOME = ProjectFiles.find().home();
    private static final List<String> POMS = poms();

    @Test
    void everyArtifactHasOneVersionInAllModules() {
        var versions = new TreeMap<String, Map<String, TreeSet<String>>>();
        for (var pom : POMS) {
            declared(pom)
                    .forEach((artifact, version) -> versions.computeIfAbsent(artifact, ignored -> new TreeMap<>())
                            .computeIfAbsent(version, ignored -> new TreeSet<>())
                            .add(pom));
        }

        assertThat(versions).hasSizeGreaterThan(20);
        assertThat(versions)
                .allSatisfy(
                        (artifact, inPoms) -> assertThat(inPoms).as(artifact).hasSize(1));
    }

    @Test
    void everyModuleAndTheApplicationRepositoryHaveOneVersion() throws IOException {
        var template = CloudFormationYaml.parse(ProjectFiles.find().read("sam-template.yaml"));
        var application = (Map<?, ?>) ((Map<?, ?>) template.get("Metadata")).get("AWS::ServerlessRepo::Application");

        assertThat(POMS).extracting(VersionsTest::version).containsOnly((String) application.get("SemanticVersion"));
    }

    @Test
    void onlyTheParentAndLambdasNameVersions() {
        assertThat(POMS)
                .hasSizeGreaterThan(4)
                .filteredOn(pom -> !List.of("pom.xml", "lambdas/pom.xml").contains(pom))
                .allSatisfy(pom -> assertThat(declared(pom)).as(pom).isEmpty());
    }

    @Test
    void documentsAndScriptsNameTheJdksThatTheBuildTakes() throws IOException {
        var pom = Files.readString(HOME.resolve("lambdas/pom.xml"));
        var oldest = found("<jdk>\\[(\\d+),\\)</jdk>", pom);
        var firstRefused = found("<jdk>\\[" + oldest + ",(\\d+)\\)</jdk>", pom);
        var range = oldest + " to " + (Integer.parseInt(firstRefused) - 1);

        assertThat(found("<jdk.message>The package needs a JDK of ([^:]+?) to be built", pom))
                .isEqualTo(range);
        assertThat(Files.readString(HOME.resolve("README.md")))
                .containsPattern("JDK\\s+of\\s+" + range)
                .contains("Java " + oldest + " or later");
        assertThat(Files.readString(HOME.resolve("CONTRIBUTING.md"))).contains("the package " + range);
        assertThat(Files.readString(HOME.resolve("bin/build-and-run"))).contains("needs Java " + oldest + " or later");
    }

    private static String found(String pattern, String text) {
        var match = Pattern.compile(pattern).matcher(text);
        assertThat(match.find()).as(pattern).isTrue();
        return match.group(1);
    }

    private static List<String> poms() {
        try (var files = Files.find(HOME, 2, (file, ignored) -> file.endsWith("pom.xml"))) {
            return files.map(file -> HOME.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A module's own version, or its parent's. */
    private static String version(String pom) {
        var root = root(pom);
        var own = text(root, "version");
        return own != null
                ? own
                : elements(root, "parent")
                        .map(parent -> text(parent, "version"))
                        .findFirst()
                        .orElse(null);
    }

    /** What a POM gives a version: dependencies, managed ones and plugins, wherever they stand, and its properties. */
    private static Map<String, String> declared(String pom) {
        var root = root(pom);
        var properties = new LinkedHashMap<String, String>();
        elements(root, "properties")
                .flatMap(VersionsTest::children)
                .filter(property -> property.getTagName().endsWith(".version"))
                .forEach(property -> properties.put(property.getTagName(), property.getTextContent()));
        var declared = new TreeMap<String, String>();
        properties.forEach((name, version) -> declared.put("property " + name, version));
        Stream.of("dependency", "plugin").flatMap(tag -> elements(root, tag)).forEach(element -> {
            var version = text(element, "version");
            if (version != null && !version.contains("${project.version}")) {
                var name = version.replaceAll("^\\$\\{(.*)}$", "$1");
                declared.put(
                        text(element, "groupId") + ":" + text(element, "artifactId"),
                        properties.getOrDefault(name, version));
            }
        });
        return declared;
    }

    private static Element root(String pom) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(HOME.resolve(pom).toFile())
                    .getDocumentElement();
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new AssertionError(pom, e);
        }
    }

    private static Stream<Element> elements(Element root, String tag) {
        var found = root.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(index -> (Element) found.item(index));
    }

    private static Stream<Element> children(Element parent) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }

    /** The text of a direct child, or null. */
    private static String text(Element parent, String tag) {
        return children(parent)
                .filter(child -> child.getTagName().equals(tag))
                .map(Element::getTextContent)
                .findFirst()
                .orElse(null);
    }
}
