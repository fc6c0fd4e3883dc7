package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Events;
import eiponlaunch.failure.MalformedEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a field that is wrong. */
class EventFieldsTest {
    @Test
    void theTokenIsReadAsItStands() {
        assertThat(EventFields.token(Events.launch())).isEqualTo("87654321-4321-4321-4321-210987654321");
    }

    @Test
    void aValueIsShownAsJson() {
        assertSaid("{\"token\":42}", "but is {\"token\":42}.");
    }

    /** 60 characters of JSON and no more, the quotation marks counted. */
    @ParameterizedTest
    @ValueSource(ints = {57, 58, 59})
    void aLongValueIsCut(int length) {
        var value = "x".repeat(length);
        var json = "\"" + value + "\"";

        assertSaid(json, "but is " + (json.length() <= 60 ? json : json.substring(0, 60) + "…") + ".");
    }

    /** With either of the two the action can be completed. */
    @Test
    void anActionWithATokenNeedsNoInstance() {
        var event = Events.launch();
        Events.detail(event).put("EC2InstanceId", "i-XYZ");

        assertThat(LifecycleAction.of(event).instanceId()).isNull();
        assertThat(LifecycleAction.of(event).token()).isNotNull();
    }

    private static void assertSaid(String json, String said) {
        var event = Events.launch();
        Events.detail(event).put("LifecycleActionToken", Events.json(json));

        assertThatThrownBy(() -> EventFields.token(event))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(said);
    }
}
