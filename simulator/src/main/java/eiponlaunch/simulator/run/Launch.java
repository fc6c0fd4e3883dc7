package eiponlaunch.simulator.run;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One delivery of a launch event, however malformed.
 *
 * @param event the event, a JSON value
 * @param begins when the lifecycle action begins: the event's own time, where it has one
 */
record Launch(Object event, Instant begins) {
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{17}");

    /** When an event begins that has no usable time of its own. */
    static final Instant WITHOUT_TIME = Instant.parse("2026-01-31T12:00:00Z");

    static Launch of(Object event) {
        try {
            return new Launch(event, Instant.parse(text(event, "time")));
        } catch (DateTimeException e) {
            return new Launch(event, WITHOUT_TIME);
        }
    }

    /** The launch of another instance, by this launch's group (number 0) or another one, some time after this one. */
    Launch another(int number, int group, Instant begins) {
        if (!(event instanceof Map<?, ?> fields)) {
            return this;
        }
        var copy = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> copy.put(name.toString(), value));
        copy.replace("id", uuid("event", number));
        copy.replace("time", begins.truncatedTo(ChronoUnit.SECONDS).toString());
        if (fields.get("detail") instanceof Map<?, ?> detail) {
            var other = new LinkedHashMap<String, Object>();
            detail.forEach((name, value) -> other.put(name.toString(), value));
            other.replace("LifecycleActionToken", uuid("token", number));
            other.replace("AutoScalingGroupName", group(group));
            other.replace(
                    "EC2InstanceId",
                    "i-" + uuid("instance", number).replace("-", "").substring(0, 17));
            copy.put("detail", other);
        }
        return new Launch(copy, begins);
    }

    private static String uuid(String kind, int number) {
        return UUID.nameUUIDFromBytes((kind + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    String eventId() {
        return text(event, "id");
    }

    /** The name of this launch's group (number 0) or of another one that is like it. */
    String group(int number) {
        return detail("AutoScalingGroupName", "forward-proxy") + (number == 0 ? "" : "-" + number);
    }

    /** The action's token; Auto Scaling has one even when the event has none that can be used. */
    String token() {
        var token = detail("LifecycleActionToken", "");
        return TOKEN.matcher(token).matches()
                ? token
                : UUID.nameUUIDFromBytes(bytes()).toString();
    }

    /** The instance; it exists even when the event does not name it. */
    String instanceId() {
        var instanceId = detail("EC2InstanceId", "");
        return INSTANCE_ID.matcher(instanceId).matches()
                ? instanceId
                : "i-"
                        + UUID.nameUUIDFromBytes(bytes())
                                .toString()
                                .replace("-", "")
                                .substring(0, 17);
    }

    private byte[] bytes() {
        return String.valueOf(event).getBytes(StandardCharsets.UTF_8);
    }

    /** A text of the event's detail, or {@code actual} where a malformed event does not tell it. */
    String detail(String field, String actual) {
        var text = event instanceof Map<?, ?> fields ? text(fields.get("detail"), field) : "";
        return text.isEmpty() ? actual : text;
    }

    private static String text(Object object, String field) {
        return object instanceof Map<?, ?> fields && fields.get(field) instanceof String text ? text : "";
    }
}
