package eiponlaunch.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleInput;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.disassociateeip.DisassociateEipInput;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RehearsalTest {
    static Stream<Arguments> functions() {
        return Stream.of(
                Arguments.of(FindFreeEipHandler.class, FindFreeEipInput.class),
                Arguments.of(AssociateEipHandler.class, AssociateEipInput.class),
                Arguments.of(CompleteLifecycleHandler.class, CompleteLifecycleInput.class),
                Arguments.of(DisassociateEipHandler.class, DisassociateEipInput.class));
    }

    /** The classes of the connection itself are left, as a rehearsal opens none. */
    @ParameterizedTest
    @MethodSource("functions")
    void afterARestoreTheFirstCallLoadsNothingOfTheHandlerAndOfItsServices(
            Class<? extends RequestHandler<?, ?>> handler, Class<?> input, @TempDir Path folder)
            throws IOException, InterruptedException {
        var log = folder.resolve("classes.log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FirstCallAfterRestore.class.getName(),
                        handler.getName(),
                        input.getName())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Restored").doesNotContain("Priming failed");

        assertThat(loadedAfterTheRestore(log))
                .filteredOn(name -> name.startsWith("software.amazon.awssdk.services.")
                        || name.startsWith("software.amazon.awssdk.protocols.")
                        || name.startsWith("com.fasterxml.jackson.")
                        || name.startsWith("eiponlaunch.") && !name.contains("FirstCallAfterRestore"))
                .isEmpty();
    }

    private static List<String> loadedAfterTheRestore(Path log) throws IOException {
        var marker = FirstCallAfterRestore.Restored.class.getName();
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains(" source: "))
                .map(line -> line.replaceAll(".*\\] (\\S+) source: .*", "$1"))
                .dropWhile(name -> !name.equals(marker))
                .skip(1)
                .toList();
    }
}
