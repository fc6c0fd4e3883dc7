package eiponlaunch.preflight.facts;

import eiponlaunch.model.EipPools;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The stack's parameters, as far as launches depend on them.
 *
 * @param hookNames the launch hooks that are answered
 * @param terminateHookNames the terminating hooks that are answered; empty for no early release
 * @param pools the stack's pool, and those that a hook may choose
 * @param instanceTagKey key of the tag that instances must have; empty for no such limit
 * @param instanceTagValue its value
 * @param deadlineSeconds how long after the launch event an address may be associated
 * @param heartbeatSeconds the heartbeat that the workflow takes the launch hooks to have
 * @param terminateHeartbeatSeconds the heartbeat that the workflow takes the terminating hooks to have
 * @param reconcileGroups the groups whose instances in service are looked after on a schedule; empty for no schedule
 */
public record Settings(
        List<String> hookNames,
        List<String> terminateHookNames,
        EipPools pools,
        String instanceTagKey,
        String instanceTagValue,
        int deadlineSeconds,
        int heartbeatSeconds,
        int terminateHeartbeatSeconds,
        List<String> reconcileGroups) {
    /** What {@code sam-template.yaml} sets when nothing is given. */
    public static final Map<String, String> DEFAULTS = Map.of(
            "HookNames", "associate-eip",
            "EipTagKey", "Application",
            "EipTagValue", "ForwardProxy",
            "DeadlineSeconds", "600",
            "HeartbeatSeconds", "720",
            "TerminateHeartbeatSeconds", "300");

    public Settings {
        hookNames = List.copyOf(hookNames);
        terminateHookNames = List.copyOf(terminateHookNames);
        reconcileGroups = List.copyOf(reconcileGroups);
    }

    /** The settings that these parameters make; a parameter that is missing has its default. */
    public static Settings of(Map<String, String> parameters) {
        return new Settings(
                list(value(parameters, "HookNames")),
                list(value(parameters, "TerminateHookNames")),
                new EipPools(
                        tags(parameters),
                        value(parameters, "HookPoolTagKeys"),
                        value(parameters, "EipOrderTagKey"),
                        value(parameters, "EipZoneTagKey")),
                value(parameters, "InstanceTagKey"),
                value(parameters, "InstanceTagValue"),
                Integer.parseInt(value(parameters, "DeadlineSeconds")),
                Integer.parseInt(value(parameters, "HeartbeatSeconds")),
                Integer.parseInt(value(parameters, "TerminateHeartbeatSeconds")),
                list(value(parameters, "ReconcileGroups")));
    }

    /** The same with another pool of the stack's own, written {@code Key=Value,Key=Value}. */
    public Settings withPool(String tags) {
        return new Settings(
                hookNames,
                terminateHookNames,
                new EipPools(tags, pools.hookTagKeys(), pools.orderTagKey(), pools.zoneTagKey()),
                instanceTagKey,
                instanceTagValue,
                deadlineSeconds,
                heartbeatSeconds,
                terminateHeartbeatSeconds,
                reconcileGroups);
    }

    /** The heartbeat that a hook of the transition should have. */
    public int heartbeatSeconds(Transition transition) {
        return transition == Transition.LAUNCH ? heartbeatSeconds : terminateHeartbeatSeconds;
    }

    private static String tags(Map<String, String> parameters) {
        var further = value(parameters, "EipFurtherTags");
        return value(parameters, "EipTagKey") + "=" + value(parameters, "EipTagValue")
                + (further.isEmpty() ? "" : "," + further);
    }

    private static String value(Map<String, String> parameters, String name) {
        return parameters.getOrDefault(name, DEFAULTS.getOrDefault(name, ""));
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
