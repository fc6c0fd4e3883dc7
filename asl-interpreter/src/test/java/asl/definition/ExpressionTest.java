package asl.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static final String TEXT = "$states.input.first & $states.input.second";

    @Test
    void theSameTextIsCompiledOnceAndKnowsEachFieldThatItStandsIn() {
        var one = Expression.compile(TEXT, "Output");
        var other = Expression.compile(TEXT, "Arguments/Name");
        assertThat(other.compiled()).isSameAs(one.compiled());
        assertThat(one.field()).isEqualTo("Output");
        assertThat(other.field()).isEqualTo("Arguments/Name");
    }

    /** An evaluation changes the library's object. */
    @Test
    void noTwoThreadsShareWhatIsCompiled() {
        var here = Expression.compile(TEXT, "Output");
        var there = CompletableFuture.supplyAsync(() -> Expression.compile(TEXT, "Output"))
                .join();
        assertThat(there.compiled()).isNotSameAs(here.compiled());
    }
}
