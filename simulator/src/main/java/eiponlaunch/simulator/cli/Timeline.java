package eiponlaunch.simulator.cli;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.HistoryEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What happened when, in the words of the Step Functions console's event history. */
final class Timeline implements ExecutionListener {
    /** Events that say nothing beyond those beside them. */
    private static final Set<String> LEFT_OUT = Set.of("TaskScheduled", "TaskStarted");

    private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{17}");

    private record Line(double seconds, String instance, String machine, String state, String type, String what) {}

    private final Instant zero;
    private final List<Line> lines = new ArrayList<>();

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
        lines.add(new Line(
                Duration.between(zero, event.timestamp()).toMillis() / 1000.0,
                instance(execution.input()),
                execution.stateMachineName(),
                event.stateName() == null ? "" : event.stateName(),
                event.type(),
                what(event.details())));
    }

    /** Several instances have a column that says whose a line is. */
    void print(PrintWriter out) {
        if (lines.isEmpty()) {
            return;
        }
        var several = lines.stream().map(Line::instance).distinct().count() > 1;
        var instance = several ? "%-" + width("instance", Line::instance) + "s  " : "%s";
        var format = "%9s  " + instance + "%-" + width("execution", Line::machine) + "s  %-"
                + width("state", Line::state) + "s  ";
        out.println((format + "%s").formatted("seconds", several ? "instance" : "", "execution", "state", "event"));
        for (var line : lines) {
            out.println((format + "%-18s %s")
                    .formatted(
                            String.format(Locale.ROOT, "%.3f", line.seconds()),
                            several ? line.instance() : "",
                            line.machine(),
                            line.state(),
                            line.type(),
                            line.what())
                    .stripTrailing());
        }
    }

    private int width(String heading, Function<Line, String> column) {
        return lines.stream().mapToInt(line -> column.apply(line).length()).reduce(heading.length(), Math::max);
    }

    private static String instance(Object input) {
        return input instanceof Map<?, ?> event && event.get("detail") instanceof Map<?, ?> detail
                ? String.valueOf(detail.get("EC2InstanceId"))
                : "";
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
