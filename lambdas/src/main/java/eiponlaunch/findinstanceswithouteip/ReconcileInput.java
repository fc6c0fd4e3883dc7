package eiponlaunch.findinstanceswithouteip;

import com.fasterxml.jackson.jr.ob.JSON;
import eiponlaunch.failure.MalformedEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run of Reconcile was started with: by an operator for one group, or by the schedule for several.
 *
 * @param groups names of Auto Scaling groups, each once
 * @param dryRun whether nothing is to be changed
 * @param chooses what the input itself says about the addresses, as a hook's NotificationMetadata would; empty for nothing
 * @param hooksChoose whether each group's hook chooses its pool, as for its launches
 * @param replaceOtherEips whether an Elastic IP that is not of the pool is replaced
 */
record ReconcileInput(
        List<String> groups,
        boolean dryRun,
        Map<String, Object> chooses,
        boolean hooksChoose,
        boolean replaceOtherEips) {
    private static final String GROUP = "autoScalingGroupName";
    private static final String GROUPS = "autoScalingGroupNames";

    /** DescribeAutoScalingGroups takes no more at once. */
    private static final int MOST_GROUPS = 100;

    /** @throws MalformedEventException when a field is missing or of another form */
    static ReconcileInput of(Object input) {
        if (!(input instanceof Map<?, ?> fields)) {
            throw malformed("The input is no object.");
        }
        var pool = fields.get("eipPool");
        if (fields.containsKey("eipPool") && !(pool instanceof Map<?, ?>)) {
            throw malformed("The input's eipPool is not an object.");
        }
        var chooses = new TreeMap<String, Object>();
        Stream.of("eipPool", "eipOrderTagKey", "eipZoneTagKey")
                .filter(fields::containsKey)
                .forEach(name -> chooses.put(name, fields.get(name)));
        return new ReconcileInput(
                groups(fields),
                flag(fields, "dryRun"),
                chooses,
                chooses.isEmpty() && fields.containsKey(GROUPS),
                flag(fields, "replaceOtherEips"));
    }

    /** What the input chooses, in the form of a hook's NotificationMetadata; null when it chooses nothing. */
    String metadata() {
        try {
            return chooses.isEmpty() ? null : JSON.std.asString(chooses);
        } catch (IOException impossible) { // what has been read as JSON can be written as JSON
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<String> groups(Map<?, ?> fields) {
        if (fields.containsKey(GROUP) == fields.containsKey(GROUPS)) {
            throw malformed("The input must have either " + GROUP + " or " + GROUPS + ".");
        }
        var names = fields.containsKey(GROUP)
                ? Stream.of(fields.get(GROUP)).toList()
                : fields.get(GROUPS) instanceof List<?> list ? list : List.of();
        if (names.isEmpty() || names.size() > MOST_GROUPS) {
            throw malformed("The input must name 1 to " + MOST_GROUPS + " groups.");
        }
        return names.stream().map(ReconcileInput::name).distinct().toList();
    }

    private static String name(Object name) {
        if (name instanceof String text && !text.isBlank()) {
            return text;
        }
        throw malformed("The input has a group name that is empty or not a string.");
    }

    private static boolean flag(Map<?, ?> fields, String name) {
        if (!fields.containsKey(name)) {
            return false;
        }
        if (fields.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw malformed("The input's " + name + " is neither true nor false.");
    }

    private static MalformedEventException malformed(String what) {
        return new MalformedEventException(what);
    }
}
