package eiponlaunch.model;

import com.fasterxml.jackson.jr.ob.JSON;
import eiponlaunch.failure.MalformedEventException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads fields of an event of which nothing is certain, and names the first one that is missing or of another form. The
 * event is a JSON value: a Map, a List, a String, a Number, a Boolean, or null.
 */
final class EventFields {
    private static final int SHOWN = 60;

    private EventFields() {}

    /** The text at {@code path} (names separated by dots), which must match {@code form}. */
    static String required(Object event, String path, Pattern form, String example) {
        var value = optional(event, path, form);
        if (value == null) {
            throw new MalformedEventException(
                    "The event's field " + path + " must be " + example + ", but " + describe(find(event, path))
                            + ". Only EventBridge events of a lifecycle hook start this workflow.");
        }
        return value;
    }

    /** The text at {@code path} when it is there and matches {@code form}, else null. */
    static String optional(Object event, String path, Pattern form) {
        return find(event, path) instanceof String text && form.matcher(text).matches() ? text : null;
    }

    static String instanceId(Object event) {
        return required(
                event,
                "detail.EC2InstanceId",
                LifecycleAction.INSTANCE_ID,
                "an instance ID such as i-0123456789abcdef0");
    }

    static String token(Object event) {
        return required(
                event, "detail.LifecycleActionToken", LifecycleAction.TOKEN, "the lifecycle action's token, a UUID");
    }

    /** Where the instance goes, or nothing: groups that never had a warm pool may send events without Destination. */
    static String destination(Object event, Pattern form, String example) {
        return find(event, "detail.Destination") == null ? "" : required(event, "detail.Destination", form, example);
    }

    /** What the hook adds to its events, or null. */
    static String notificationMetadata(Object event) {
        var metadata = find(event, "detail.NotificationMetadata");
        return metadata == null ? null : metadata.toString();
    }

    /** The value at {@code path}, or null when there is none. */
    static Object find(Object event, String path) {
        var value = event;
        for (var name : path.split("\\.")) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return value;
    }

    private static String describe(Object value) {
        if (value == null) {
            return "is missing";
        }
        try {
            var text = JSON.std.asString(value);
            return "is " + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
        } catch (IOException e) {
            return "is of another form";
        }
    }
}
