package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import eiponlaunch.failure.MalformedMetadataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EipPoolsTest {
    private final EipPools pools = new EipPools("Application=ForwardProxy,Env=prod", "Application,Service");

    @Test
    void aHookChoosesAPoolThatReplacesTheStacks() {
        assertThat(pools.chosenBy("{\"eipPool\": {\"Service\": \"a=b\", \"Application\": \"prod ForwardProxy\"}}")
                        .tags())
                .containsExactly(entry("Service", "a=b"), entry("Application", "prod ForwardProxy"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "owner: net", "42", "\"text\""})
    void withoutJsonTheStacksPoolHolds(String metadata) {
        assertThat(pools.chosenBy(metadata)).isEqualTo(pools.ofTheStack());
    }

    @ParameterizedTest
    @CsvSource(
            value = {"|false", "''|false", "' '|false", "owner: net|true", "42|true", "{}|false", "' [1]'|false"},
            delimiter = '|')
    void whatIsNoJsonIsMeantForOthers(String metadata, boolean forOthers) {
        assertThat(EipPools.isForOthers(metadata)).isEqualTo(forOthers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eipPool\": {\"Service\": \"a\"}|not valid JSON",
                "{}|no object eipPool",
                "[]|no object eipPool",
                "{\"eippool\": {\"Service\": \"a\"}}|no object eipPool",
                "{\"eipPool\": \"Service=a\"}|no object eipPool",
                "{\"eipPool\": {}}|no object eipPool",
                "{\"eipPool\": {\"Owner\": \"a\"}}|Owner",
                "{\"eipPool\": {\"\": \"a\"}}|HookPoolTagKeys",
                "{\"eipPool\": {\"Service\": 1}}|must be text",
                "{\"eipPool\": {\"Service\": null}}|must be text",
                "{\"eipPool\": {\"Service\": \"\"}}|must be text",
                "{\"eipPool\": {\"Service\": \"*\"}}|must be text",
                "{\"eipPool\": {\"Service\": \"a,b\"}}|must be text"
            })
    void jsonOfAnotherFormIsRefusedAndTheMessageSaysWhatIsWrong(String metadata, String wrong) {
        assertThatThrownBy(() -> pools.chosenBy(metadata))
                .isInstanceOf(MalformedMetadataException.class)
                .hasMessageContaining(wrong)
                .hasMessageContaining("put-lifecycle-hook");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void withoutAllowedKeysNoHookChooses(String hookTagKeys) {
        assertThatThrownBy(() ->
                        new EipPools("Application=a", hookTagKeys).chosenBy("{\"eipPool\": {\"Application\": \"b\"}}"))
                .isInstanceOf(MalformedMetadataException.class)
                .hasMessageContaining("Application");
    }
}
