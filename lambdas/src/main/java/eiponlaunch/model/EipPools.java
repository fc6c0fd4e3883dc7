package eiponlaunch.model;

import com.fasterxml.jackson.jr.ob.JSON;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.MalformedMetadataException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The pools that a stack serves: its own, and those that a hook's NotificationMetadata may choose, such as {@code
 * {"eipPool": {"Application": "prod ForwardProxy"}, "eipZoneTagKey": "Zone"}}.
 *
 * @param tags the stack's own pool, in the form {@code Key=Value,Key=Value}
 * @param hookTagKeys the tag keys that a hook may name, separated by commas; empty or null for none. The functions'
 *     permissions are bound to them.
 * @param orderTagKey the tag whose values say which free addresses come first, where the hook names no other; empty for none,
 *     null from a definition that does not know of orders
 * @param zoneTagKey the tag that says which zone alone an address serves, where the hook names no other; empty for none, null
 *     from a definition that does not know of zones
 */
public record EipPools(String tags, String hookTagKeys, String orderTagKey, String zoneTagKey) {
    private static final String EIP_POOL = "eipPool";
    private static final String ORDER_TAG_KEY = "eipOrderTagKey";
    private static final String ZONE_TAG_KEY = "eipZoneTagKey";

    /** What makes an event's metadata ours. In any case, as a wrong one would else choose the stack's pool unseen. */
    private static final Pattern MENTIONS_US =
            Pattern.compile(String.join("|", EIP_POOL, ORDER_TAG_KEY, ZONE_TAG_KEY), Pattern.CASE_INSENSITIVE);

    private static final Pattern TAG_KEY = Pattern.compile("[A-Za-z0-9 _.:/+\\-@]{0,128}");

    /** What tags may consist of, without the comma and the wildcards of EC2's filters. */
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9 _.:/=+\\-@]{1,256}");

    public EipPools {
        if (tags == null) {
            throw new MalformedEventException("pools needs tags, such as Application=ForwardProxy");
        }
    }

    /** Of a definition that does not know of orders and zones. */
    public EipPools(String tags, String hookTagKeys) {
        this(tags, hookTagKeys, null, null);
    }

    /** Whether a hook's metadata may choose anything. */
    public boolean hooksMayChoose() {
        return hookTagKeys != null && !hookTagKeys.isBlank() || orderTagKey != null || zoneTagKey != null;
    }

    /** The stack's own pool. */
    public EipPool ofTheStack() {
        return EipPool.of(tags).chosenBy(orderTagKey, zoneTagKey);
    }

    /**
     * Whether there is metadata that is not JSON and contains none of our names. It is meant for somebody else and
     * chooses no pool.
     */
    public static boolean isForOthers(String metadata) {
        return metadata != null && !metadata.isBlank() && !isForUs(metadata);
    }

    /**
     * The pool that a hook's metadata chooses, or the stack's own.
     *
     * @param metadata the event's NotificationMetadata, or null
     * @throws MalformedMetadataException when the metadata is JSON, or contains one of our names, but is not of the form
     *     above, or chooses by a key that is not among {@code hookTagKeys}
     */
    public EipPool chosenBy(String metadata) {
        if (metadata == null || !isForUs(metadata)) {
            return ofTheStack();
        }
        var fields = parsed(metadata) instanceof Map<?, ?> object ? object : Map.of();
        var order = tagKey(metadata, fields, ORDER_TAG_KEY, orderTagKey);
        var zone = tagKey(metadata, fields, ZONE_TAG_KEY, zoneTagKey);
        var keepsPool = !fields.containsKey(EIP_POOL)
                && (fields.containsKey(ORDER_TAG_KEY) || fields.containsKey(ZONE_TAG_KEY));
        return (keepsPool ? EipPool.of(tags) : pool(metadata, fields.get(EIP_POOL))).chosenBy(order, zone);
    }

    private EipPool pool(String metadata, Object chooses) {
        if (!(chooses instanceof Map<?, ?> pool) || pool.isEmpty()) {
            throw malformed(metadata, "has no object eipPool with at least one tag");
        }
        var keys = hookTagKeys == null ? List.of() : List.of(hookTagKeys.split(","));
        var chosen = new LinkedHashMap<String, String>();
        pool.forEach((key, value) -> {
            if (!keys.contains(key)) {
                throw malformed(
                        metadata, "names the tag key " + key + ", which is not one of HookPoolTagKeys: " + keys);
            }
            if (!(value instanceof String text) || !VALUE.matcher(text).matches()) {
                throw malformed(
                        metadata,
                        "gives the tag " + key + " the value " + value + ", which must be text of letters, digits,"
                                + " spaces and _ . : / = + - @");
            }
            chosen.put(key.toString(), text);
        });
        return new EipPool(chosen);
    }

    /** The tag key that the metadata has under this name, or the stack's. */
    private static String tagKey(String metadata, Map<?, ?> fields, String name, String otherwise) {
        fields.keySet().stream()
                .filter(field -> name.equalsIgnoreCase(field.toString()) && !name.equals(field))
                .findFirst()
                .ifPresent(field -> {
                    throw malformed(metadata, "has the name " + field + ", which must be written " + name);
                });
        if (!fields.containsKey(name)) {
            return otherwise;
        }
        if (fields.get(name) instanceof String key && TAG_KEY.matcher(key).matches()) {
            return key;
        }
        throw malformed(
                metadata,
                "has " + name + " " + fields.get(name)
                        + ", which must be a tag key of letters, digits, spaces and _ . : / + -"
                        + " @, or empty for none");
    }

    /** JSON, or what a shell made of it: quotes around it, or JSON within a JSON string. */
    private static boolean isForUs(String metadata) {
        var text = metadata.strip();
        return text.startsWith("{")
                || text.startsWith("[")
                || MENTIONS_US.matcher(text).find();
    }

    /** The one JSON value that the metadata is. */
    private static Object parsed(String metadata) {
        var text = metadata.strip();
        if (text.startsWith("\"") || text.startsWith("'")) {
            throw malformed(
                    metadata,
                    "has quotes around its JSON, as some shells leave them there. Write it without, from a file if need"
                            + " be (--notification-metadata file://metadata.json)");
        }
        if (!text.startsWith("{") && !text.startsWith("[")) {
            throw malformed(metadata, "mentions an address but is not valid JSON");
        }
        try (var parser = JSON.std.createParser(text)) {
            var value = JSON.std.anyFrom(parser);
            if (parser.nextToken() != null) {
                throw malformed(metadata, "is more than one JSON value. Write one object");
            }
            return value;
        } catch (IOException e) {
            throw malformed(metadata, "is not valid JSON");
        }
    }

    private static MalformedMetadataException malformed(String metadata, String what) {
        return new MalformedMetadataException("The hook's NotificationMetadata " + what + ": " + metadata
                + ". To choose a pool it must be JSON such as {\"eipPool\": {\"Application\": \"ForwardProxy\"}}; put it"
                + " right with aws autoscaling put-lifecycle-hook.");
    }
}
