package eiponlaunch.engines;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an execution did, line by line, in words that do not depend on the engine. */
final class Trace {
    private final List<String> path = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private String end = "RUNNING";

    void entered(String state) {
        path.add(state);
        lines.add("enters " + state);
    }

    void attempts(JsonNode arguments) {
        lines.add("  attempt with " + arguments);
    }

    void attemptFails(String error, String cause) {
        lines.add("  fails with " + error + ": " + cause);
    }

    void leaves(JsonNode output, Map<String, JsonNode> assigned) {
        lines.add("  output " + output);
        assigned.forEach((name, value) -> lines.add("  assigns " + name + " = " + value));
    }

    void succeeds(JsonNode output) {
        end = "SUCCEEDED";
        lines.add(end + " with " + output);
    }

    void fails(String status, String error, String cause) {
        end = error;
        lines.add(status + " with " + error + ": " + cause);
    }

    List<String> path() {
        return path;
    }

    /** SUCCEEDED, or the error. */
    String end() {
        return end;
    }

    List<String> lines() {
        return lines;
    }

    /** The first line in which two traces differ, with the state around it. */
    Optional<String> firstDifference(String name, Trace other, String otherName) {
        var state = "";
        for (int i = 0; i < Math.max(lines.size(), other.lines.size()); i++) {
            var line = at(lines, i);
            var otherLine = at(other.lines, i);
            if (!line.equals(otherLine)) {
                return Optional.of("after line " + i + " (" + state + ")\n" + name + ": " + line + "\n" + otherName
                        + ": " + otherLine);
            }
            state = line.startsWith("enters") ? line : state;
        }
        return Optional.empty();
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index).strip() : "nothing more";
    }
}
