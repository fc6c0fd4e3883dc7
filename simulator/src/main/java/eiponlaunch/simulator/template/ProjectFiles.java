package eiponlaunch.simulator.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that are deployed, as they lie in the project's folder. */
public record ProjectFiles(Path home) {
    private static final ObjectMapper JSON = new ObjectMapper();

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
     * Reads a JSON file.
     *
     * @throws IOException when it cannot be read or is not JSON; the message says which
     */
    public static Object json(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readString(file), Object.class);
        } catch (JsonProcessingException e) {
            throw new IOException("is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IOException("cannot be read", e);
        }
    }
}
