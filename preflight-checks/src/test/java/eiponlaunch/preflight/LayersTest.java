package eiponlaunch.preflight;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know of which. */
class LayersTest {
    private static final JavaClasses CLASSES = imported();

    private static JavaClasses imported() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false); // the SDK's are very many
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("eiponlaunch.preflight");
    }

    @Test
    void noPackagesKnowEachOther() {
        slices().matching("eiponlaunch.preflight.(*)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void factsKnowNothingOfThoseThatUseThem() {
        classes()
                .that()
                .resideInAPackage("..facts")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("..check", "..read", "..report", "software.amazon..")
                .check(CLASSES);
    }

    @Test
    void checksAskAwsNothing() {
        classes()
                .that()
                .resideInAPackage("..check")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("..read", "..report", "software.amazon..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "facts", "read", "check", "report"})
    void everyPackageSaysWhatItIsFor(String name) {
        assertThat(Path.of("src/main/java/eiponlaunch/preflight", name, "package-info.java"))
                .content()
                .startsWith("/**");
    }
}
