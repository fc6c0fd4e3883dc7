package eiponlaunch.model;

import eiponlaunch.failure.MalformedEventException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The addresses that carry all of these tags.
 *
 * @param tagKey key of the primary tag, the one that the functions' permissions are bound to
 * @param tagValue its value
 * @param furtherTags more tags in the form {@code Key=Value,Key=Value}; empty or null when there are none
 */
public record EipPool(String tagKey, String tagValue, String furtherTags) {
    /** The primary tag and the further ones, in this order. */
    public Map<String, String> tags() {
        var tags = new LinkedHashMap<String, String>();
        put(tags, tagKey, tagValue);
        if (furtherTags != null && !furtherTags.isBlank()) {
            for (var tag : furtherTags.split(",", -1)) {
                var equals = tag.indexOf('=');
                if (equals < 0) {
                    throw new MalformedEventException(
                            "pool.furtherTags: \"" + tag.strip() + "\" is not of the form Key=Value");
                }
                put(
                        tags,
                        tag.substring(0, equals).strip(),
                        tag.substring(equals + 1).strip());
            }
        }
        return Collections.unmodifiableMap(tags);
    }

    private static void put(Map<String, String> tags, String key, String value) {
        if (key == null || key.isBlank() || value == null) {
            throw new MalformedEventException("pool: a tag needs a key and a value, but was " + key + "=" + value);
        }
        if (tags.put(key, value) != null) {
            throw new MalformedEventException("pool: the tag " + key + " is given twice");
        }
    }
}
