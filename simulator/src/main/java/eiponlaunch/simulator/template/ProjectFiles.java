package eiponlaunch.simulator.template;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files that are deployed, as they lie in the project's folder. */
public record ProjectFiles(Path home) {
    /** More than any event of AWS has, and less than would break anything here. */
    private static final int DEEPEST = 100;

    /** The largest event that EventBridge takes. */
    private static final int LARGEST_EVENT = 256 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The project that the script names, else the one around the working directory. */
    public static ProjectFiles find() {
        for (var folder = Path.of(System.getProperty("eiponlaunch.home", "")).toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder.resolve("sam-template.yaml"))) {
                return new ProjectFiles(folder);
            }
        }
        throw new IllegalStateException("no sam-template.yaml in the working directory or above it");
    }

    public Path template() {
        return home.resolve("sam-template.yaml");
    }

    public Path event(String name) {
        return home.resolve("events").resolve(name);
    }

    /** The text of a file that the template names. */
    public String read(String path) throws IOException {
        return Files.readString(home.resolve(path));
    }

    /**
     * Reads the file of an event.
     *
     * @throws IOException when it cannot be read or is no event; the message says what is wrong, and where
     */
    public static Map<?, ?> json(Path file) throws IOException {
        Object event;
        try {
            if (Files.size(file) > LARGEST_EVENT) {
                throw new IOException("is larger than an event may be, 256 KiB: " + Files.size(file) + " bytes");
            }
            event = JSON.readValue(Files.readString(file), Object.class);
        } catch (StreamConstraintsException e) {
            throw new IOException("is nested more than " + DEEPEST + " deep" + at(e), e);
        } catch (MismatchedInputException e) {
            throw new IOException(
                    e.getOriginalMessage().contains("Trailing token")
                            ? "has something after the event" + at(e) + ": each event needs a file of its own"
                            : "is empty",
                    e);
        } catch (JsonProcessingException e) {
            throw new IOException("is not JSON: " + e.getOriginalMessage() + at(e), e);
        } catch (CharacterCodingException e) {
            throw new IOException("is not UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new IOException("does not exist", e);
        } catch (FileSystemException e) {
            throw new IOException("cannot be read", e);
        }
        if (!(event instanceof Map<?, ?> fields)) {
            throw new IOException("is not an event, which is a JSON object, but " + kind(event));
        }
        requireFinite(event, "");
        return fields;
    }

    private static void requireFinite(Object value, String path) throws IOException {
        if (value instanceof Map<?, ?> object) {
            for (var field : object.entrySet()) {
                requireFinite(field.getValue(), path + "/" + field.getKey());
            }
        } else if (value instanceof List<?> array) {
            for (var index = 0; index < array.size(); index++) {
                requireFinite(array.get(index), path + "/" + index);
            }
        } else if (value instanceof Double number && number.isInfinite()) {
            throw new IOException("has a number that is too large, at " + path);
        }
    }

    private static String kind(Object json) {
        return json == null
                ? "null"
                : json instanceof List ? "an array" : "a " + json.getClass().getSimpleName();
    }

    private static String at(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
