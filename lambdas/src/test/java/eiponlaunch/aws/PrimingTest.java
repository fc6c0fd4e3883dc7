package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrimingTest {
    @Test
    void workIsDoneBeforeTheSnapshotAndNotAgainAfterARestore() {
        List<String> done = new ArrayList<>();
        var priming = new Priming(() -> done.add("work"));

        priming.beforeCheckpoint(null);
        priming.afterRestore(null);

        assertThat(done).containsExactly("work");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workThatFailsDoesNotFailTheFunction(Runnable failing) {
        assertThatCode(() -> new Priming(failing).beforeCheckpoint(null)).doesNotThrowAnyException();
    }

    private static Stream<Runnable> failures() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("no answer");
                },
                () -> {
                    throw new NoClassDefFoundError("left out of the package");
                });
    }

    @Test
    void registeringDoesNothingWhereThereIsNoSnapshot() {
        List<String> done = new ArrayList<>();

        Priming.beforeSnapshot(() -> done.add("work"));

        assertThat(done).isEmpty();
    }
}
