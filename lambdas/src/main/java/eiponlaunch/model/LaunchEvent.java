package eiponlaunch.model;

import eiponlaunch.failure.MalformedEventException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The EventBridge event of a launch lifecycle hook, as far as the workflow needs it.
 *
 * @param action the lifecycle action that the event announces
 * @param instanceId the launching instance
 * @param toWarmPool whether the instance goes to a warm pool, where an address would be wasted
 * @param time when the action, and with it the hook's heartbeat, began
 * @param notificationMetadata what the hook adds to its events, or null
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html">EventBridge
 *     event reference of EC2 Auto Scaling</a>
 */
public record LaunchEvent(
        LifecycleAction action, String instanceId, boolean toWarmPool, Instant time, String notificationMetadata) {
    private static final Pattern DETAIL_TYPE = Pattern.compile("EC2 Instance-launch Lifecycle Action");
    private static final Pattern LAUNCHING = Pattern.compile("autoscaling:EC2_INSTANCE_LAUNCHING");
    private static final Pattern DESTINATION = Pattern.compile("AutoScalingGroup|WarmPool");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");

    /** How far the event's clock may be ahead of ours before its time counts as wrong. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /**
     * AWS names no limit, only "a few minutes" of growing pauses.
     *
     * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html">Eventual consistency in the
     *     Amazon EC2 API</a>
     */
    private static final Duration UNTIL_KNOWN = Duration.ofMinutes(2);

    /**
     * Reads the event.
     *
     * @param now the present, to refuse a time that would move the deadline into the future
     * @throws MalformedEventException when a field is missing or of another form; the message names it
     */
    public static LaunchEvent of(Object event, Instant now) {
        EventFields.required(event, "detail-type", DETAIL_TYPE, "\"EC2 Instance-launch Lifecycle Action\"");
        var time = time(event, now);
        EventFields.required(event, "detail.LifecycleTransition", LAUNCHING, "\"autoscaling:EC2_INSTANCE_LAUNCHING\"");
        var instanceId = EventFields.instanceId(event);
        EventFields.token(event);
        return new LaunchEvent(
                LifecycleAction.of(event),
                instanceId,
                toWarmPool(event),
                time,
                EventFields.notificationMetadata(event));
    }

    /** Whether EC2 may not know the instance everywhere yet, so that "not found" does not mean that it is gone. */
    public boolean mayBeUnknown(Instant now) {
        return now.isBefore(time.plus(UNTIL_KNOWN));
    }

    private static Instant time(Object event, Instant now) {
        var text = EventFields.required(event, "time", TIME, "a UTC time such as 2026-01-31T12:00:00Z");
        try {
            var time = Instant.parse(text);
            if (time.isAfter(now.plus(CLOCK_SKEW))) {
                throw new MalformedEventException("The event's field time, " + text + ", lies in the future.");
            }
            return time;
        } catch (DateTimeException e) {
            throw new MalformedEventException("The event's field time, " + text + ", is not a date.");
        }
    }

    private static boolean toWarmPool(Object event) {
        return EventFields.destination(event, DESTINATION, "\"AutoScalingGroup\" or \"WarmPool\"")
                .equals("WarmPool");
    }
}
