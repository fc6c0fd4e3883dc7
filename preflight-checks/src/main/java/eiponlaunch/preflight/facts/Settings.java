package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The stack's parameters, as far as launches depend on them.
 *
 * @param hookNames the hooks that are answered
 * @param pool the pool of hooks that name none themselves
 * @param hookPoolTagKeys the tag keys by which a hook may name another pool; empty when none may
 * @param instanceTagKey key of the tag that instances must have; empty for no such limit
 * @param instanceTagValue its value
 * @param deadlineSeconds how long after the launch event an address may be associated
 * @param heartbeatSeconds the heartbeat that the workflow takes the hooks to have
 */
public record Settings(
        List<String> hookNames,
        Pool pool,
        List<String> hookPoolTagKeys,
        String instanceTagKey,
        String instanceTagValue,
        int deadlineSeconds,
        int heartbeatSeconds) {
    /** What {@code sam-template.yaml} sets when nothing is given. */
    public static final Map<String, String> DEFAULTS = Map.of(
            "HookNames", "associate-eip",
            "EipTagKey", "Application",
            "EipTagValue", "ForwardProxy",
            "DeadlineSeconds", "600",
            "HeartbeatSeconds", "720");

    public Settings {
        hookNames = List.copyOf(hookNames);
        hookPoolTagKeys = List.copyOf(hookPoolTagKeys);
    }

    /** The settings that these parameters make; a parameter that is missing has its default. */
    public static Settings of(Map<String, String> parameters) {
        return new Settings(
                list(value(parameters, "HookNames")),
                Pool.of(
                        value(parameters, "EipTagKey"),
                        value(parameters, "EipTagValue"),
                        value(parameters, "EipFurtherTags")),
                list(value(parameters, "HookPoolTagKeys")),
                value(parameters, "InstanceTagKey"),
                value(parameters, "InstanceTagValue"),
                Integer.parseInt(value(parameters, "DeadlineSeconds")),
                Integer.parseInt(value(parameters, "HeartbeatSeconds")));
    }

    public Settings withPool(Pool other) {
        return new Settings(
                hookNames, other, hookPoolTagKeys, instanceTagKey, instanceTagValue, deadlineSeconds, heartbeatSeconds);
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
