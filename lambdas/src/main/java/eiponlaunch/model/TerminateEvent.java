package eiponlaunch.model;

import eiponlaunch.failure.MalformedEventException;
import java.util.regex.Pattern;

/**
 * The EventBridge event of a terminating lifecycle hook, as far as the workflow needs it.
 *
 * @param action the lifecycle action that the event announces
 * @param instanceId the instance that leaves the group
 * @param toWarmPool whether it goes back to the warm pool instead of ending
 * @param notificationMetadata what the hook adds to its events, or null
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html">EventBridge
 *     event reference of EC2 Auto Scaling</a>
 */
public record TerminateEvent(
        LifecycleAction action, String instanceId, boolean toWarmPool, String notificationMetadata) {
    private static final Pattern DETAIL_TYPE = Pattern.compile("EC2 Instance-terminate Lifecycle Action");
    private static final Pattern TERMINATING = Pattern.compile("autoscaling:EC2_INSTANCE_TERMINATING");
    private static final Pattern DESTINATION = Pattern.compile("EC2|WarmPool");

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
                LifecycleAction.of(event), instanceId, toWarmPool(event), EventFields.notificationMetadata(event));
    }

    private static boolean toWarmPool(Object event) {
        return EventFields.destination(event, DESTINATION, "\"EC2\" or \"WarmPool\"")
                .equals("WarmPool");
    }
}
