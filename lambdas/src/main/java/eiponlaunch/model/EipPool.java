package eiponlaunch.model;

import eiponlaunch.failure.MalformedEventException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The addresses that carry all of these tags, and how an instance chooses among them.
 *
 * @param tags at least one
 * @param orderTagKey the tag whose values say which free addresses come first; empty for none
 * @param zoneTagKey the tag that says which zone alone an address serves; empty for none
 */
public record EipPool(Map<String, String> tags, String orderTagKey, String zoneTagKey) {
    public EipPool {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        orderTagKey = orderTagKey == null ? "" : orderTagKey;
        zoneTagKey = zoneTagKey == null ? "" : zoneTagKey;
    }

    /** Whose addresses are all alike. */
    public EipPool(Map<String, String> tags) {
        this(tags, "", "");
    }

    /** The same addresses, chosen in another way. */
    EipPool chosenBy(String order, String zone) {
        return new EipPool(tags, order, zone);
    }

    /**
     * @param text the tags in the form {@code Key=Value,Key=Value}; a value may have equals signs
     * @throws MalformedEventException when it is of another form or names a key twice
     */
    public static EipPool of(String text) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : text.split(",", -1)) {
            var equals = tag.indexOf('=');
            var key = tag.substring(0, Math.max(0, equals)).strip();
            if (key.isEmpty()) {
                throw new MalformedEventException("pools.tags: \"" + tag.strip() + "\" is not of the form Key=Value");
            }
            if (tags.put(key, tag.substring(equals + 1).strip()) != null) {
                throw new MalformedEventException("pools.tags: the tag " + key + " is given twice");
            }
        }
        return new EipPool(tags);
    }

    /** The tags as one text, {@code Key=Value,Key=Value}: what operators know the pool by. */
    public String name() {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(","));
    }
}
