package eiponlaunch.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know of which. */
class LayersTest {
    private static final JavaClasses CLASSES = classes();

    private static JavaClasses classes() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // the SDK's are very many
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("asl", "eiponlaunch.simulator");
    }

    @Test
    void noPackagesOfTheSimulatorKnowEachOther() {
        slices().matching("eiponlaunch.simulator.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noPackagesOfTheInterpreterKnowEachOther() {
        slices().matching("asl.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theInterpreterKnowsNothingOfThisProjectAndOfAws() {
        noClasses()
                .that()
                .resideInAPackage("asl..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("eiponlaunch..", "software.amazon..")
                .check(CLASSES);
    }

    @Test
    void theSimulatedAwsKnowsNothingOfTheWorkflowAndItsJudges() {
        noClasses()
                .that()
                .resideInAnyPackage("..world..", "..faults..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..run..", "..invariants..", "..comparison..", "..cli..", "..template..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asl-interpreter", "simulator"})
    void everyPackageSaysWhatItIsFor(String module) throws IOException {
        var sources = ProjectFiles.find().home().resolve(module).resolve("src/main/java");
        try (var files = Files.walk(sources)) {
            var folders = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();

            assertThat(folders).hasSizeGreaterThan(3);
            assertThat(folders)
                    .allSatisfy(folder -> assertThat(folder.resolve("package-info.java"))
                            .content()
                            .startsWith("/**"));
        }
    }
}
