package eiponlaunch.model;

import eiponlaunch.failure.MalformedEventException;
import java.util.regex.Pattern;

/**
 * What identifies one lifecycle action to CompleteLifecycleAction.
 *
 * @param autoScalingGroupName the group
 * @param lifecycleHookName the hook that holds the instance
 * @param token the action's token, or null when the event has none that can be used
 * @param instanceId the held instance, or null when the event has none that can be used; one of the two is there
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">CompleteLifecycleAction</a>
 */
public record LifecycleAction(String autoScalingGroupName, String lifecycleHookName, String token, String instanceId) {
    static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8}([0-9a-f]{9})?");
    static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern GROUP = Pattern.compile("[^\\p{Cntrl}:]{1,255}");
    private static final Pattern HOOK = Pattern.compile("[A-Za-z0-9\\-_/]{1,255}");

    /**
     * Reads as much of an event as completing its action takes, so that the action can be completed even when the rest
     * of the event is malformed.
     *
     * @throws MalformedEventException when the group, the hook, or both token and instance are missing or of another form
     */
    public static LifecycleAction of(Object event) {
        var group = EventFields.required(event, "detail.AutoScalingGroupName", GROUP, "an Auto Scaling group's name");
        var hook = EventFields.required(event, "detail.LifecycleHookName", HOOK, "a lifecycle hook's name");
        var token = EventFields.optional(event, "detail.LifecycleActionToken", TOKEN);
        var instanceId = token == null
                ? EventFields.required(
                        event, "detail.EC2InstanceId", INSTANCE_ID, "an instance ID, as there is no valid token either")
                : EventFields.optional(event, "detail.EC2InstanceId", INSTANCE_ID);
        return new LifecycleAction(group, hook, token, instanceId);
    }
}
