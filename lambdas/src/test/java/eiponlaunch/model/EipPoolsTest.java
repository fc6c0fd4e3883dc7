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

    /** As shells and tools send it: none of these may choose the stack's own pool unseen. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'{\"eipPool\": {\"Service\": \"a\"}}'|quotes around",
                "\"{\\\"eipPool\\\": {\\\"Service\\\": \\\"a\\\"}}\"|quotes around",
                " '{eipPool:{Service:a}}'|quotes around",
                "{\"eipPool\": {\"Service\": \"a\"}}{\"eipPool\": {\"Service\": \"b\"}}|more than one JSON value",
                "{\"eipPool\": {\"Service\": \"a\"}} 1|more than one JSON value",
                "{\"eipPool\": {\"Service\": \"a\"}} ]|not valid JSON",
                "{\"eipPool\": {\"Service\": \"a\"}, \"eipPool\": {\"Service\": \"b\"}}|not valid JSON",
                "eipPool=Service=a|not valid JSON",
                "EIPPOOL Service|not valid JSON",
                "\\{\"eipPool\": {\"Service\": \"a\"}}|not valid JSON"
            })
    void textThatMentionsEipPoolIsMeantForUsAndRefusedWithWhatToWrite(String metadataAndWrong) {
        var metadata = metadataAndWrong.substring(0, metadataAndWrong.lastIndexOf('|'));
        assertThatThrownBy(() -> pools.chosenBy(metadata))
                .isInstanceOf(MalformedMetadataException.class)
                .hasMessageContaining(metadataAndWrong.substring(metadata.length() + 1))
                .hasMessageContaining("must be JSON such as {\"eipPool\": {\"Application\": \"ForwardProxy\"}}");
        assertThat(EipPools.isForOthers(metadata)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eipZoneTagKey\": \"Zone\"}|Application=ForwardProxy,Env=prod|Number|Zone",
                "{\"eipOrderTagKey\": \"\"}|Application=ForwardProxy,Env=prod|''|AZ",
                "{\"eipPool\": {\"Service\": \"a\"}}|Service=a|Number|AZ",
                "{\"eipPool\": {\"Service\": \"a\"}, \"eipOrderTagKey\": \"No\", \"eipZoneTagKey\": \"\"}|Service=a|No|''"
            })
    void aHookNamesTheTagsOfOrderAndZoneBesideItsPoolOrAlone(String metadata, String pool, String order, String zone) {
        var chosen = new EipPools("Application=ForwardProxy,Env=prod", "Service", "Number", "AZ").chosenBy(metadata);

        assertThat(chosen.name()).isEqualTo(pool);
        assertThat(chosen.orderTagKey()).isEqualTo(order);
        assertThat(chosen.zoneTagKey()).isEqualTo(zone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"eipZoneTagKey\": 1}|eipZoneTagKey 1, which must be a tag key",
                "{\"eipOrderTagKey\": null}|eipOrderTagKey null, which must be a tag key",
                "{\"eipOrderTagKey\": \"a*\"}|eipOrderTagKey a*, which must be a tag key",
                "{\"eipzonetagkey\": \"Zone\"}|eipzonetagkey, which must be written eipZoneTagKey",
                "{\"eipPool\": {\"Service\": \"a\"}, \"EipOrderTagKey\": \"a\"}|which must be written eipOrderTagKey",
                "{\"eipPool\": {}, \"eipZoneTagKey\": \"Zone\"}|no object eipPool",
                "eipZoneTagKey=Zone|not valid JSON"
            })
    void tagKeysOfAnotherFormAreRefused(String metadata, String wrong) {
        assertThatThrownBy(() -> pools.chosenBy(metadata))
                .isInstanceOf(MalformedMetadataException.class)
                .hasMessageContaining(wrong)
                .hasMessageContaining("put-lifecycle-hook");
        assertThat(EipPools.isForOthers(metadata)).isFalse();
    }

    @Test
    void spaceAroundTheJsonDoesNotMatter() {
        assertThat(pools.chosenBy(" \n{\"eipPool\": {\"Service\": \"a\"}}\n ").tags())
                .containsExactly(entry("Service", "a"));
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
