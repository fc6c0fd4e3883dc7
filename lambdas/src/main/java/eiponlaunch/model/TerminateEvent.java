package eiponlaunch.model;

import eiponlaunch.failure.MalformedEventException;
import java.util.regex.Pattern;

/**
 * The EventBridge event of a terminating lifecycle hook, as far as the workflow needs it.
 *
 * @param action the lifecycle action that the event announces
 * @param instanceId the instance that the hook holds
 * @param destination where it goes
 * @param notificationMetadata what the hook adds to its events, or null
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html">EventBridge
 *     event reference of EC2 Auto Scaling</a>
 */
public record TerminateEvent(
        LifecycleAction action, String instanceId, Destination destination, String notificationMetadata) {
    private static final Pattern DETAIL_TYPE = Pattern.compile("EC2 Instance-terminate Lifecycle Action");
    private static final Pattern TERMINATING = Pattern.compile("autoscaling:EC2_INSTANCE_TERMINATING");
    private static final Pattern DESTINATION = Pattern.compile("EC2|WarmPool|AutoScalingGroup");
    private static final Pattern REPLACE_ROOT_VOLUME = Pattern.compile("ReplaceRootVolume");

    /** Where an instance goes that a terminating hook holds. */
    public enum Destination {
        /** It ends. */
        EC2,
        /** It leaves the group's instances in service and may come back. */
        WarmPool,
        /** It stays in service: an instance refresh only replaces its root volume. */
        AutoScalingGroup
    }

    /**
     * Reads the event.
     *
     * @throws MalformedEventException when a field is missing or of another form; the message names it
     */
    public static TerminateEvent of(Object event) {
        EventFields.required(event, "detail-type", DETAIL_TYPE, "\"EC2 Instance-terminate Lifecycle Action\"");
        EventFields.required(
                event, "detail.LifecycleTransition", TERMINATING, "\"autoscaling:EC2_INSTANCE_TERMINATING\"");
        var instanceId = EventFields.instanceId(event);
        EventFields.token(event);
        return new TerminateEvent(
                LifecycleAction.of(event), instanceId, destination(event), EventFields.notificationMetadata(event));
    }

    private static Destination destination(Object event) {
        var named = EventFields.destination(event, DESTINATION, "\"EC2\", \"WarmPool\" or \"AutoScalingGroup\"");
        if (EventFields.optional(event, "detail.Action", REPLACE_ROOT_VOLUME) != null) {
            return Destination.AutoScalingGroup;
        }
        return named.isEmpty() ? Destination.EC2 : Destination.valueOf(named);
    }
}
