package eiponlaunch.emulators.agreement;

import asl.definition.ErrorNames;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an execution did, line by line, in words that do not depend on the engine. */
final class Trace {
    /**
     * Where an expression failed. AWS says it, and so do we; LocalStack leaves part of it out, and reports the error twice.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data with
     *     JSONata in Step Functions</a>
     */
    private static final Pattern PLACE = Pattern.compile("An error occurred while executing the state '[^']*'"
            + " \\(entered at the event id #\\d+\\)\\. | specified for the field '[^']*'");

    /** The time at which an iteration of Reconcile began, which no two runs share. */
    private static final Pattern NOW = Pattern.compile("\"time\":\"[^\"]*\"");

    private static final long A_DAY = Duration.ofDays(1).toMillis();

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
        assigned.forEach((name, value) -> lines.add("  assigns " + name + " = " + shown(value)));
    }

    /** The start of an execution, which no two runs share, stands for the time of an event that has none. */
    private static String shown(JsonNode value) {
        return value.isNumber() && Math.abs(value.asLong() - System.currentTimeMillis()) < A_DAY
                ? "a time today"
                : value.toString();
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

    /** The first line in which it differs from what an engine did, with the state around it. */
    Optional<String> firstDifference(Trace engine) {
        var ours = comparable(lines);
        var theirs = comparable(engine.lines);
        var state = "";
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            if (!at(ours, i).equals(at(theirs, i))) {
                return Optional.of("line %d (%s)%nours:   %s%nengine: %s%nengine's path: %s"
                        .formatted(i + 1, state, at(ours, i), at(theirs, i), engine.path));
            }
            state = ours.get(i).startsWith("enters") ? ours.get(i) : state;
        }
        return Optional.empty();
    }

    /** Without the place of an evaluation error, and without an error reported twice over. */
    private static List<String> comparable(List<String> lines) {
        var comparable = new ArrayList<String>();
        for (var line : lines) {
            var placeless = NOW.matcher(PLACE.matcher(line).replaceAll("")).replaceAll("\"time\":\"now\"");
            var last = comparable.isEmpty() ? "" : comparable.get(comparable.size() - 1);
            if (!placeless.contains(ErrorNames.QUERY_EVALUATION_ERROR) || !placeless.equals(last)) {
                comparable.add(placeless);
            }
        }
        return comparable;
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "nothing more";
    }
}
