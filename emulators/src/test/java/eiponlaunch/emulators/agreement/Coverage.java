package eiponlaunch.emulators.agreement;

import asl.definition.Definition;
import asl.definition.ErrorNames;
import asl.definition.MapState;
import asl.definition.Retrier;
import asl.definition.Task;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which parts of a definition there are, and which of them a run has come through. */
final class Coverage {
    private static final Pattern EXPRESSION = Pattern.compile("\"\\{%(.*?)%}\"");

    private final String text;
    private final Definition definition;

    Coverage(String text) {
        this.text = text;
        this.definition = Definition.parse(text);
    }

    /** Every state, way out of a state, named error of a retrier or catcher, and end of a retrier's patience. */
    Set<String> parts() {
        var parts = new TreeSet<String>();
        for (var state : definition.allStates()) {
            var name = state.name();
            parts.add(name);
            if (!(state instanceof MapState)) { // what follows it in a run is a state of its own
                state.targets().forEach(target -> parts.add(name + " -> " + target.state()));
            }
            if (state instanceof Task task) {
                for (int i = 0; i < task.retry().size(); i++) {
                    var retrier = task.retry().get(i);
                    var rule = name + " Retry[" + i + "] ";
                    retrier.errorEquals().forEach(error -> parts.add(rule + error));
                    if (retrier.maxAttempts() > 0) {
                        parts.add(rule + "gives up");
                    }
                }
                for (int i = 0; i < task.catchers().size(); i++) {
                    var rule = name + " Catch[" + i + "] ";
                    task.catchers().get(i).errorEquals().forEach(error -> parts.add(rule + error));
                }
            }
        }
        return parts;
    }

    /** Every expression, as its evaluations name it. */
    Set<String> expressions() {
        var expressions = new TreeSet<String>();
        EXPRESSION
                .matcher(text)
                .results()
                .forEach(match -> expressions.add(
                        match.group(1).strip().replace("\\\"", "\"").replace("\\\\", "\\")));
        return expressions;
    }

    Set<String> partsOf(OurRun run) {
        var parts = new TreeSet<String>(run.trace().path());
        for (int i = 1; i < run.trace().path().size(); i++) {
            parts.add(
                    run.trace().path().get(i - 1) + " -> " + run.trace().path().get(i));
        }
        for (var failure : run.failures()) {
            definition.allStates().stream()
                    .filter(state -> state instanceof Task && state.name().equals(failure.state()))
                    .map(Task.class::cast)
                    .forEach(task -> {
                        retrier(task, failure, parts);
                        if (!failure.retried()) {
                            catcher(task, failure, parts);
                        }
                    });
        }
        return parts;
    }

    private static void retrier(Task task, OurRun.Failure failure, Set<String> parts) {
        var lists = task.retry().stream().map(Retrier::errorEquals).toList();
        int index = matching(lists, failure.error());
        if (index >= 0) {
            var rule = task.name() + " Retry[" + index + "] ";
            parts.add(rule + named(lists.get(index), failure.error()));
            if (!failure.retried() && task.retry().get(index).maxAttempts() > 0) {
                parts.add(rule + "gives up");
            }
        }
    }

    private static void catcher(Task task, OurRun.Failure failure, Set<String> parts) {
        var lists =
                task.catchers().stream().map(catcher -> catcher.errorEquals()).toList();
        int index = matching(lists, failure.error());
        if (index >= 0) {
            parts.add(task.name() + " Catch[" + index + "] " + named(lists.get(index), failure.error()));
        }
    }

    /** The first list that covers the error, or -1. */
    private static int matching(List<List<String>> lists, String error) {
        for (int i = 0; i < lists.size(); i++) {
            if (ErrorNames.match(lists.get(i), error)) {
                return i;
            }
        }
        return -1;
    }

    private static String named(List<String> errorEquals, String error) {
        return errorEquals.contains(error) ? error : ErrorNames.ALL;
    }
}
