package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import eiponlaunch.failure.MalformedEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EipPoolTest {
    @Test
    void tagsAreReadInTheirOrderAndMayHaveSpacesAndEqualsSignsInTheirValues() {
        assertThat(EipPool.of("Application=prod ForwardProxy, Env=prod,Filter=a=b")
                        .tags())
                .containsExactly(
                        entry("Application", "prod ForwardProxy"), entry("Env", "prod"), entry("Filter", "a=b"));
    }

    @Test
    void theNameIsWhatItIsReadFrom() {
        var name = "Application=prod ForwardProxy,Filter=a=b";

        assertThat(EipPool.of(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Env", "=prod", "Env=a,Env=b", ",", "Env=a,"})
    void whatIsNoListOfTagsIsRefused(String text) {
        assertThatThrownBy(() -> EipPool.of(text))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("pools.tags");
    }
}
