package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.failure.MalformedEventException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EipPoolTest {
    @Test
    void furtherTagsAreOptional() {
        assertThat(new EipPool("Application", "prod ForwardProxy", "").tags())
                .isEqualTo(Map.of("Application", "prod ForwardProxy"));
        assertThat(new EipPool("Application", "prod ForwardProxy", null).tags()).hasSize(1);
    }

    @Test
    void furtherTagsMayHaveSpacesAndEqualsSignsInTheirValues() {
        assertThat(new EipPool("Application", "a", "Env=prod, Filter=a=b").tags())
                .containsEntry("Env", "prod")
                .containsEntry("Filter", "a=b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Env", "=prod", "Application=b", "Env=a,Env=b", ","})
    void whatIsNoListOfTagsIsRefused(String furtherTags) {
        assertThatThrownBy(() -> new EipPool("Application", "a", furtherTags).tags())
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("pool");
    }
}
