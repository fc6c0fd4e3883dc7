package eiponlaunch.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import eiponlaunch.failure.MalformedEventException;
import java.util.regex.Pattern;

/** Reads fields of an event of which nothing is certain, and names the first one that is missing or of another form. */
final class EventFields {
    private static final int SHOWN = 60;

    private EventFields() {}

    /** The text at {@code path} (names parted by dots), which must match {@code form}. */
    static String required(JsonNode event, String path, Pattern form, String example) {
        var value = optional(event, path, form);
        if (value == null) {
            throw new MalformedEventException(
                    "The event's field " + path + " must be " + example + ", but " + describe(find(event, path))
                            + ". Only EventBridge events of a lifecycle hook start this workflow.");
        }
        return value;
    }

    /** The text at {@code path} when it is there and matches {@code form}, else null. */
    static String optional(JsonNode event, String path, Pattern form) {
        var node = find(event, path);
        return node.isTextual() && form.matcher(node.textValue()).matches() ? node.textValue() : null;
    }

    static String instanceId(JsonNode event) {
        return required(
                event,
                "detail.EC2InstanceId",
                LifecycleAction.INSTANCE_ID,
                "an instance ID such as i-0123456789abcdef0");
    }

    static String token(JsonNode event) {
        return required(
                event, "detail.LifecycleActionToken", LifecycleAction.TOKEN, "the lifecycle action's token, a UUID");
    }

    /** Where the instance goes, or nothing: groups that never had a warm pool may send events without Destination. */
    static String destination(JsonNode event, Pattern form, String example) {
        return find(event, "detail.Destination").isMissingNode()
                ? ""
                : required(event, "detail.Destination", form, example);
    }

    /** What the hook adds to its events, or null. */
    static String notificationMetadata(JsonNode event) {
        var metadata = find(event, "detail.NotificationMetadata");
        return metadata.isMissingNode() || metadata.isNull() ? null : metadata.asText(metadata.toString());
    }

    private static JsonNode find(JsonNode event, String path) {
        JsonNode node = event == null ? MissingNode.getInstance() : event;
        for (var name : path.split("\\.")) {
            node = node.path(name);
        }
        return node;
    }

    private static String describe(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "is missing";
        }
        var text = node.toString();
        return "is " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
    }
}
