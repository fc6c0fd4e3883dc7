package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Events;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.TerminateEvent.Destination;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminateEventTest {
    @Test
    void readsWhatAutoScalingSends() {
        assertThat(TerminateEvent.of(Events.terminate()))
                .isEqualTo(new TerminateEvent(
                        new LifecycleAction(
                                "forward-proxy",
                                "disassociate-eip",
                                "12345678-1234-1234-1234-123456789012",
                                Events.INSTANCE,
                                null),
                        Events.INSTANCE,
                        Destination.EC2,
                        null));
    }

    @Test
    void readsTheHooksMetadata() {
        var event = Events.terminate();
        Events.detail(event).put("NotificationMetadata", "{}");

        assertThat(TerminateEvent.of(event).notificationMetadata()).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({"EC2, EC2", "WarmPool, WarmPool", ", EC2", "AutoScalingGroup, AutoScalingGroup"})
    void anInstanceEndsUnlessItGoesBackToTheWarmPoolOrToItsGroup(String destination, Destination read) {
        var event = Events.terminate();
        Events.detail(event).remove("Destination");
        if (destination != null) {
            Events.detail(event).put("Destination", destination);
        }

        assertThat(TerminateEvent.of(event).destination()).isEqualTo(read);
    }

    /** The page of the user guide gives both fields; each alone is enough to leave the instance its address. */
    @Test
    void anInstanceWhoseRootVolumeIsReplacedGoesBackToItsGroup() {
        var event = Events.terminate();
        Events.detail(event).put("Action", "ReplaceRootVolume");

        assertThat(TerminateEvent.of(event).destination()).isEqualTo(Destination.AutoScalingGroup);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "detail-type",
                "detail",
                "detail.LifecycleActionToken",
                "detail.AutoScalingGroupName",
                "detail.LifecycleHookName",
                "detail.EC2InstanceId",
                "detail.LifecycleTransition"
            })
    void namesTheFieldThatIsMissing(String path) {
        var event = Events.terminate();
        parent(event, path).remove(field(path));

        assertRefused(event, path);
    }

    /** Nothing is taken from an instance that only launches, whatever rule it comes through. */
    @ParameterizedTest
    @CsvSource({
        "detail-type, EC2 Instance-launch Lifecycle Action",
        "detail.LifecycleTransition, autoscaling:EC2_INSTANCE_LAUNCHING",
        "detail.Destination, Nowhere",
        "detail.EC2InstanceId, i-XYZ",
        "detail.LifecycleActionToken, 1234",
    })
    void namesTheFieldThatIsOfAnotherForm(String path, String value) {
        var event = Events.terminate();
        parent(event, path).put(field(path), value);

        assertRefused(event, path);
    }

    private static Map<String, Object> parent(Map<String, Object> event, String path) {
        return path.startsWith("detail.") ? Events.detail(event) : event;
    }

    private static String field(String path) {
        return path.substring(path.indexOf('.') + 1);
    }

    private static void assertRefused(Map<String, Object> event, String path) {
        assertThatThrownBy(() -> TerminateEvent.of(event))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(path);
    }
}
