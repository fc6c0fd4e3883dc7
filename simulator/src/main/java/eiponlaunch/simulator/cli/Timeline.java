package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.engine.Execution;
import eiponlaunch.simulator.engine.ExecutionObserver;
import eiponlaunch.simulator.engine.HistoryEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What happened when, in the words of the Step Functions console's event history. */
final class Timeline implements ExecutionObserver {
    /** Events that say nothing beyond those beside them. */
    private static final Set<String> LEFT_OUT = Set.of("TaskScheduled", "TaskStarted");

    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{17}");

    private final Instant zero;
    private final List<String> lines = new ArrayList<>();

    private final String of;

    /** @param zero the instant from which seconds count */
    Timeline(Instant zero) {
        this(zero, "");
    }

    private Timeline(Instant zero, String of) {
        this.zero = zero;
        this.of = of;
    }

    /** Of the executions for the instance that a broken invariant names. */
    static Timeline of(String violation, Instant zero) {
        var instance = INSTANCE.matcher(violation);
        return new Timeline(zero, instance.find() ? instance.group() : "");
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (LEFT_OUT.contains(event.type())
                || event.type().endsWith("StateExited")
                || !execution.input().toString().contains(of)) {
            return;
        }
        var state = event.stateName() == null ? "" : event.stateName();
        lines.add(String.format(
                        Locale.ROOT,
                        "%9.3f  %-11s  %-25s  %-18s %s",
                        Duration.between(zero, event.timestamp()).toMillis() / 1000.0,
                        execution.stateMachineName(),
                        state,
                        event.type(),
                        what(event.details()))
                .stripTrailing());
    }

    void print(PrintWriter out) {
        if (!lines.isEmpty()) {
            out.printf("%9s  %-11s  %-25s  %s%n", "seconds", "execution", "state", "event");
            lines.forEach(out::println);
        }
    }

    /** The part of an event's details that tells executions apart. */
    private static String what(Object details) {
        if (!(details instanceof Map<?, ?> fields)) {
            return "";
        }
        if (fields.get("error") != null) {
            return fields.get("error") + (fields.get("cause") == null ? "" : ": " + fields.get("cause"));
        }
        if (!(fields.get("output") instanceof Map<?, ?> output)) {
            return "";
        }
        return output.get("Payload") instanceof Map<?, ?> payload ? outcome(payload) : output.toString();
    }

    private static String outcome(Map<?, ?> payload) {
        var address = payload.get("eip") instanceof Map<?, ?> eip ? " " + eip.get("publicIp") : "";
        var result = payload.get("result") == null ? "" : " " + payload.get("result");
        return payload.get("outcome") + address + result;
    }
}
