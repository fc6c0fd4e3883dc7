package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The events of a run, and which of them a rule of the stack matches. */
final class EventOptions {
    @Option(
            names = "--event",
            paramLabel = "FILE",
            description = "Event to deliver at its own time; may be given several times. Default: events/launch.json")
    private List<Path> events = new ArrayList<>();

    private final List<String> unmatched = new ArrayList<>();

    /** The events that a rule of the stack matches; the others start nothing. */
    List<Object> matched(SamTemplate template, RunOptions run) {
        var matched = new ArrayList<Object>();
        unmatched.clear();
        for (var event : read(run)) {
            var mismatches = template.rules().stream()
                    .map(rule -> rule.mismatch(event).orElse(""))
                    .toList();
            if (mismatches.contains("")) {
                matched.add(event);
            } else {
                unmatched.add(
                        file(matched.size() + unmatched.size()) + " is matched by no rule of the stack, so it starts"
                                + " nothing: " + nearest(template, event, mismatches));
            }
        }
        if (matched.isEmpty()) {
            throw run.bad("--event: " + unmatched.get(0));
        }
        return matched;
    }

    /** Why the rule for this kind of event does not match; without one, why the first does not. */
    private static String nearest(SamTemplate template, Map<?, ?> event, List<String> mismatches) {
        for (var index = 0; index < mismatches.size(); index++) {
            if (template.rules().get(index).pattern().get("detail-type") instanceof List<?> kinds
                    && kinds.contains(event.get("detail-type"))) {
                return mismatches.get(index);
            }
        }
        return mismatches.get(0);
    }

    /** What the rules do not match, of the events of the last settings. */
    List<String> unmatched() {
        return unmatched;
    }

    private Path file(int number) {
        return files().get(number);
    }

    private List<Path> files() {
        return events.isEmpty() ? List.of(ProjectFiles.find().event("launch.json")) : events;
    }

    List<Map<?, ?>> read(RunOptions run) {
        var inputs = new ArrayList<Map<?, ?>>();
        for (var file : files()) {
            try {
                inputs.add(ProjectFiles.json(file));
            } catch (IOException e) {
                throw run.bad("--event: " + file + " " + e.getMessage());
            }
        }
        return inputs;
    }
}
