package eiponlaunch.simulator.run;

import eiponlaunch.simulator.world.api.Fields;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The event of a lifecycle hook, however malformed.
 *
 * @param event the event, a JSON value
 * @param begins when the lifecycle action begins: the event's own time, where it has one
 */
record HookEvent(Object event, Instant begins) {
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{17}");

    private static final String TERMINATION = "EC2 Instance-terminate Lifecycle Action";

    /** When an event begins that has no usable time of its own. */
    static final Instant WITHOUT_TIME = Instant.parse("2026-01-31T12:00:00Z");

    static HookEvent of(Object event) {
        try {
            return new HookEvent(event, Instant.parse(text(event, "time")));
        } catch (DateTimeException e) {
            return new HookEvent(event, WITHOUT_TIME);
        }
    }

    /** The launch of another instance, by this launch's group (number 0) or another one, some time after this one. */
    HookEvent another(int number, int group, Instant begins) {
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
        return new HookEvent(copy, begins);
    }

    /** The same event with another value of one detail. */
    HookEvent with(String field, Object value) {
        if (!(event instanceof Map<?, ?> fields) || !(fields.get("detail") instanceof Map<?, ?> detail)) {
            return this;
        }
        var copy = new LinkedHashMap<String, Object>();
        fields.forEach((name, other) -> copy.put(name.toString(), other));
        var changed = new LinkedHashMap<String, Object>();
        detail.forEach((name, other) -> changed.put(name.toString(), other));
        changed.put(field, value);
        copy.put("detail", changed);
        return new HookEvent(copy, begins);
    }

    /** This launch's instance leaves the warm pool that it was launched into, some time later. */
    HookEvent outOfWarmPool(Duration later) {
        var when = begins.plus(later);
        var out = with("Origin", "WarmPool")
                .with("Destination", "AutoScalingGroup")
                .with("LifecycleActionToken", uuid("leaving " + token(), 0));
        if (out.event() instanceof LinkedHashMap<?, ?>) {
            @SuppressWarnings("unchecked") // a copy of our own
            var fields = (Map<String, Object>) out.event();
            fields.put("id", uuid("leaving " + eventId(), 0));
            fields.put("time", when.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return new HookEvent(out.event(), when);
    }

    /** The same event at another time. */
    HookEvent at(Instant when) {
        if (!(event instanceof Map<?, ?> fields)) {
            return this;
        }
        var copy = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> copy.put(name.toString(), value));
        copy.put("time", when.truncatedTo(ChronoUnit.SECONDS).toString());
        return new HookEvent(copy, when);
    }

    boolean leavesWarmPool() {
        return detail("Origin", "").equals("WarmPool");
    }

    boolean isTermination() {
        return isOfTermination(event);
    }

    static boolean isOfTermination(Object event) {
        return text(event, "detail-type").equals(TERMINATION);
    }

    /** Whether this event is that of the launch, or of one launch, of an instance that terminates later. */
    boolean isLaunchBefore(HookEvent termination) {
        return !isTermination()
                && instanceId().equals(termination.instanceId())
                && begins.isBefore(termination.begins());
    }

    boolean toWarmPool() {
        return detail("Destination", "").equals("WarmPool");
    }

    /** Whether a terminating hook holds an instance that stays: an instance refresh replaces its root volume. */
    boolean staysInService() {
        return isTermination() && detail("Destination", "").equals("AutoScalingGroup");
    }

    /** The termination of this launch's instance. */
    HookEvent termination(String hook, Instant begins) {
        return termination(hook, begins, instanceId());
    }

    /** The termination of the number-th of the instances of this launch's group that were there before it. */
    HookEvent terminationOfServing(int number, String hook, Instant begins) {
        return termination(hook, begins, serving(number));
    }

    static String serving(int number) {
        return "i-" + uuid("serving", number).replace("-", "").substring(0, 17);
    }

    private HookEvent termination(String hook, Instant begins, String instanceId) {
        var id = UUID.nameUUIDFromBytes(("termination of " + instanceId).getBytes(StandardCharsets.UTF_8))
                .toString();
        var ended = new HookEvent(
                Fields.of(
                        "id",
                        id,
                        "detail-type",
                        TERMINATION,
                        "source",
                        "aws.autoscaling",
                        "time",
                        begins.truncatedTo(ChronoUnit.SECONDS).toString(),
                        "detail",
                        Fields.of(
                                "LifecycleActionToken",
                                id,
                                "AutoScalingGroupName",
                                group(0),
                                "LifecycleHookName",
                                hook,
                                "EC2InstanceId",
                                instanceId,
                                "LifecycleTransition",
                                "autoscaling:EC2_INSTANCE_TERMINATING",
                                "Origin",
                                "AutoScalingGroup",
                                "Destination",
                                "EC2")),
                begins);
        return hasDetail("NotificationMetadata") // the terminating hook has what the launch hook has
                ? ended.with("NotificationMetadata", detail("NotificationMetadata", ""))
                : ended;
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
        return detail(event, field, actual);
    }

    static String detail(Object event, String field, String actual) {
        var text = event instanceof Map<?, ?> fields ? text(fields.get("detail"), field) : "";
        return text.isEmpty() ? actual : text;
    }

    /** Whether the event has this detail, of whatever form. */
    boolean hasDetail(String field) {
        return event instanceof Map<?, ?> fields
                && fields.get("detail") instanceof Map<?, ?> detail
                && detail.get(field) != null;
    }

    /** A text of the event itself, or an empty one. */
    String text(String field) {
        return text(event, field);
    }

    private static String text(Object object, String field) {
        return object instanceof Map<?, ?> fields && fields.get(field) instanceof String text ? text : "";
    }
}
