package eiponlaunch.emulators;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.findfreeeip.FindFreeEipInput;
import eiponlaunch.json.TaskJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** The files in {@code events/}. */
public final class Events {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Path FOLDER = Path.of("..", "events");

    private Events() {}

    public static String text(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode read(String file) {
        return (ObjectNode) json(text(file));
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's event as if sent now for another lifecycle action, whose token it gets. */
    public static ObjectNode sentNow(String file) {
        var event = read(file)
                .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        detail(event).put("LifecycleActionToken", UUID.randomUUID().toString());
        return event;
    }

    public static ObjectNode sentNow(String file, String instanceId) {
        var event = sentNow(file);
        detail(event).put("EC2InstanceId", instanceId);
        return event;
    }

    /**
     * FindFreeEip's input for a launch that is sent now, as Step Functions sends it: JSON that has only what the definition names.
     *
     * @param tags those of the pool
     * @param more fields beside those that every definition names
     */
    public static FindFreeEipInput findFreeEip(String instanceId, String tags, Map<String, ?> more) {
        var input = JSON.createObjectNode().put("deadlineSeconds", 600);
        input.set("event", sentNow("launch.json", instanceId));
        input.putObject("pools").put("tags", tags);
        input.setAll((ObjectNode) JSON.valueToTree(more));
        return new TaskJson().fromJson(input.toString(), FindFreeEipInput.class);
    }

    /** The event as a handler is given it. */
    public static Object plain(ObjectNode event) {
        return JSON.convertValue(event, Object.class);
    }

    public static ObjectNode detail(ObjectNode event) {
        return (ObjectNode) event.get("detail");
    }
}
