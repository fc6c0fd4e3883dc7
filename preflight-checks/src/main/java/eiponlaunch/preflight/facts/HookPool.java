package eiponlaunch.preflight.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.preflight.check.Finding.Status;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * The pool that a hook's NotificationMetadata names: <code>{"eipPool": {"Key": "value"}}</code>.
 *
 * @param pool the pool of its launches; none when the workflow would refuse the metadata
 * @param status whether that works
 * @param seen what the metadata says
 */
public record HookPool(Optional<Pool> pool, Status status, String seen) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public static HookPool of(Hook hook, Settings settings) {
        var metadata = hook.metadata().filter(text -> !text.isBlank());
        if (metadata.isEmpty()) {
            return new HookPool(
                    Optional.of(settings.pool()), Status.ok, "names no pool: that of the stack, " + settings.pool());
        }
        try {
            return of(JSON.readTree(metadata.get()), settings);
        } catch (JsonProcessingException e) {
            return new HookPool(
                    Optional.of(settings.pool()),
                    Status.warning,
                    "its metadata is not JSON and is ignored: the pool is that of the stack, " + settings.pool());
        }
    }

    private static HookPool of(JsonNode metadata, Settings settings) {
        var named = metadata.path("eipPool");
        if (!named.isObject() || named.isEmpty()) {
            return refused("its metadata is JSON, but not of the form {\"eipPool\": {\"Key\": \"value\"}}");
        }
        var tags = new LinkedHashMap<String, String>();
        for (var tag : named.properties()) {
            if (!settings.hookPoolTagKeys().contains(tag.getKey())) {
                return refused("its metadata names a pool by the tag " + tag.getKey()
                        + ", which the parameter HookPoolTagKeys does not allow");
            }
            if (!tag.getValue().isTextual()) {
                return refused("its metadata gives the tag " + tag.getKey() + " a value that is no text");
            }
            tags.put(tag.getKey(), tag.getValue().textValue());
        }
        var pool = new Pool(tags);
        return new HookPool(Optional.of(pool), Status.ok, "names the pool " + pool);
    }

    private static HookPool refused(String seen) {
        return new HookPool(Optional.empty(), Status.failed, seen);
    }
}
