package eiponlaunch.model;

import eiponlaunch.failure.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What identifies one lifecycle action to CompleteLifecycleAction.
 *
 * @param autoScalingGroupName the group
 * @param lifecycleHookName the hook that holds the instance
 * @param token the action's token, or null when the event has none that can be used
 * @param instanceId the held instance, or null when the event has none that can be used; one of the two is there
 * @param execution the name of the action's execution of EipOnLaunch, or null when StartOnce gives it none: without a
 *     token, for a termination, and for an instance that runs already
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">CompleteLifecycleAction</a>
 */
public record LifecycleAction(
        String autoScalingGroupName, String lifecycleHookName, String token, String instanceId, String execution) {
    static final Pattern INSTANCE_ID = Pattern.compile("i-[0-9a-f]{8}([0-9a-f]{9})?");
    static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern GROUP = Pattern.compile("[^\\p{Cntrl}:]{1,255}");
    private static final Pattern HOOK = Pattern.compile("[A-Za-z0-9\\-_/]{1,255}");
    private static final Pattern TERMINATING = Pattern.compile("autoscaling:EC2_INSTANCE_TERMINATING");

    /** What Reconcile has for a token. */
    private static final String NO_ACTION = "00000000-0000-0000-0000-000000000000";

    private static final int NAME_LENGTH = 32;

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
                        event,
                        "detail.EC2InstanceId",
                        INSTANCE_ID,
                        "an instance ID, because there is no valid token either")
                : EventFields.optional(event, "detail.EC2InstanceId", INSTANCE_ID);
        return new LifecycleAction(group, hook, token, instanceId, execution(event));
    }

    /** As StartOnce names it: the beginning of the token's SHA-256, which does not lead back to the token. */
    private static String execution(Object event) {
        var token = EventFields.find(event, "detail.LifecycleActionToken") instanceof String text ? text : "";
        if (token.isEmpty()
                || token.equals(NO_ACTION)
                || EventFields.optional(event, "detail.LifecycleTransition", TERMINATING) != null) {
            return null;
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_LENGTH);
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has it
            throw new IllegalStateException(impossible);
        }
    }
}
