package asl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SubstitutionsTest {
    @Test
    void replacesEveryReferenceAndLeavesTheRest() {
        assertThat(Substitutions.apply("${A}-${B}${A} $states {% $x %}", Map.of("A", "1", "B", "$2\\")))
                .isEqualTo("1-$2\\1 $states {% $x %}");
    }

    @Test
    void doesNotLookIntoWhatItPutIn() {
        assertThat(Substitutions.apply("${A}", Map.of("A", "${B}", "B", "no"))).isEqualTo("${B}");
    }

    @Test
    void leavesAloneWhatIsNoReference() {
        assertThat(Substitutions.apply("${A{A} ${${A}} ${A", Map.of("A", "1"))).isEqualTo("${A{A} ${1} ${A");
    }

    @Test
    void refusesANameWithoutAValue() {
        assertThatThrownBy(() -> Substitutions.apply("${Known} ${Typo}", Map.of("Known", "1")))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("definition: ${Typo} has no value among [Known]");
    }
}
