package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Events;
import eiponlaunch.failure.MalformedEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchEventTest {
    @Test
    void readsWhatAutoScalingSends() {
        assertThat(LaunchEvent.of(Events.launch(), Events.TIME))
                .isEqualTo(new LaunchEvent(
                        new LifecycleAction(
                                "forward-proxy",
                                "associate-eip",
                                "87654321-4321-4321-4321-210987654321",
                                Events.INSTANCE,
                                "1bb420efd0946a47d23b0ea034d9da25"),
                        Events.INSTANCE,
                        false,
                        Events.TIME,
                        null));
    }

    @Test
    void readsTheHooksMetadata() {
        var event = Events.launch();
        Events.detail(event).put("NotificationMetadata", "owner: net");

        assertThat(LaunchEvent.of(event, Events.TIME).notificationMetadata()).isEqualTo("owner: net");
    }

    /** The name must not lead to the token, and the same action must always have the same one. */
    @Test
    void theExecutionIsNamedAfterTheTokensHash() {
        assertThat(LifecycleAction.of(Events.launch()).execution())
                .isEqualTo("1bb420efd0946a47d23b0ea034d9da25")
                .isEqualTo(LifecycleAction.of(Events.launch()).execution());
    }

    @Test
    void whatStartOnceDoesNotNameHasNoNameHere() {
        var running = Events.launch();
        Events.detail(running).put("LifecycleActionToken", "00000000-0000-0000-0000-000000000000"); // Reconcile's
        var withoutToken = Events.launch();
        Events.detail(withoutToken).remove("LifecycleActionToken");

        assertThat(LifecycleAction.of(running).execution()).isNull();
        assertThat(LifecycleAction.of(withoutToken).execution()).isNull();
        assertThat(LifecycleAction.of(Events.terminate()).execution()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detail-type",
                "time",
                "detail",
                "detail.LifecycleActionToken",
                "detail.AutoScalingGroupName",
                "detail.LifecycleHookName",
                "detail.EC2InstanceId",
                "detail.LifecycleTransition"
            })
    void namesTheFieldThatIsMissing(String path) {
        var event = Events.launch();
        var parent = path.startsWith("detail.") ? Events.detail(event) : event;
        parent.remove(path.substring(path.indexOf('.') + 1));

        assertRefused(event, path);
    }

    @ParameterizedTest
    @CsvSource({
        "detail-type, EC2 Instance-terminate Lifecycle Action",
        "time, yesterday",
        "time, 2026-02-31T12:00:00Z",
        "time, 2026-01-31T12:00:00+09:00",
        "detail.EC2InstanceId, i-XYZ",
        "detail.EC2InstanceId, i-0123456789abcdef01",
        "detail.LifecycleActionToken, 1234",
        "detail.LifecycleTransition, autoscaling:EC2_INSTANCE_TERMINATING",
        "detail.Destination, Moon",
    })
    void namesTheFieldThatIsOfAnotherForm(String path, String value) {
        var event = Events.launch();
        var parent = path.startsWith("detail.") ? Events.detail(event) : event;
        parent.put(path.substring(path.indexOf('.') + 1), value);

        assertRefused(event, path);
    }

    @Test
    void aTimeInTheFutureWouldMoveTheDeadlineAndIsRefused() {
        assertThat(LaunchEvent.of(Events.launch(), Events.TIME.minusSeconds(60)).time())
                .isEqualTo(Events.TIME);
        assertThatThrownBy(() -> LaunchEvent.of(Events.launch(), Events.TIME.minusSeconds(61)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"text\"", "7", "{\"detail\":[]}", "{\"detail\":{\"EC2InstanceId\":{}}}"})
    void whateverTheEventIsItIsRefusedInOneLine(String event) {
        assertThatThrownBy(() -> LaunchEvent.of(Events.json(event), Events.TIME))
                .isInstanceOf(MalformedEventException.class)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void theDestinationTellsTheWarmPool() {
        var event = Events.launch();
        Events.detail(event).put("Destination", "WarmPool");
        assertThat(LaunchEvent.of(event, Events.TIME).toWarmPool()).isTrue();

        Events.detail(event).remove("Destination");
        assertThat(LaunchEvent.of(event, Events.TIME).toWarmPool()).isFalse();
    }

    private static void assertRefused(Object event, String path) {
        assertThatThrownBy(() -> LaunchEvent.of(event, Events.TIME))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(path);
    }
}
