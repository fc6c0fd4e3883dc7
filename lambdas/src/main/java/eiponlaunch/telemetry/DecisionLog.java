package eiponlaunch.telemetry;

import com.fasterxml.jackson.jr.ob.JSON;
import eiponlaunch.model.LifecycleAction;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of JSON per decision, which is a log entry and, by CloudWatch's embedded metric format, the metrics too.
 * Metrics have the dimensions {@code group} and {@code pool}, and {@code pool} alone for an alarm over all groups.
 *
 * <p>Anyone who has a lifecycle action's token can complete the action, so the token is never written. The name of the
 * execution stands for the action.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public final class DecisionLog implements Decisions {
    static final String NAMESPACE = "EipOnLaunch";

    private static final JSON LINE = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private final PrintStream out;
    private final Clock clock;

    public DecisionLog(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** To the function's log. */
    public static DecisionLog toLog() {
        return new DecisionLog(System.out, Clock.systemUTC());
    }

    @Override
    public void report(Decision decision) {
        print(line(decision));
    }

    @Override
    public void warn(LifecycleAction action, String message) {
        var line = line("WARN");
        line.put("message", message);
        line.putAll(fields(action));
        print(line);
    }

    private void print(Map<String, Object> line) {
        try {
            out.println(LINE.asString(line)); // one call, so that lines do not mix
        } catch (IOException | RuntimeException e) {
            System.err.println("A decision was not logged: " + e);
        }
    }

    private Map<String, Object> line(Decision decision) {
        var line = line("INFO");
        line.putAll(fields(decision));
        if (!decision.metrics().isEmpty()) {
            metrics(line, new TreeMap<>(decision.metrics()), clock.millis());
        }
        return line;
    }

    private Map<String, Object> line(String level) {
        var line = new LinkedHashMap<String, Object>();
        line.put("timestamp", clock.instant().toString());
        line.put("level", level);
        return line;
    }

    /** What is told of a decision, its metrics apart. */
    static Map<String, Object> fields(Decision decision) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("decision", decision.name());
        fields.putAll(fields(decision.action()));
        fields.put("pool", decision.pool() == null ? "unknown" : decision.pool());
        if (decision.eip() != null) {
            fields.put("eip", decision.eip().publicIp());
            fields.put("allocationId", decision.eip().allocationId());
        }
        if (decision.zone() != null) {
            fields.put("zone", decision.zone());
        }
        if (decision.code() != null) {
            fields.put("code", decision.code());
        }
        return fields;
    }

    /** What is told of a lifecycle action, which may be null. */
    static Map<String, Object> fields(LifecycleAction action) {
        var fields = new LinkedHashMap<String, Object>();
        if (action != null) {
            fields.put("instanceId", action.instanceId());
            fields.put("group", action.autoScalingGroupName());
            fields.put("hook", action.lifecycleHookName());
            fields.put("execution", action.execution());
        }
        return fields;
    }

    private static void metrics(Map<String, Object> line, Map<Metric, Number> metrics, long timestamp) {
        var byPool = List.of("pool");
        line.put(
                "_aws",
                Map.of(
                        "Timestamp",
                        timestamp,
                        "CloudWatchMetrics",
                        List.of(Map.of(
                                "Namespace",
                                NAMESPACE,
                                "Dimensions",
                                isDimension(line.get("group"))
                                        ? List.of(List.of("group", "pool"), byPool)
                                        : List.of(byPool),
                                "Metrics",
                                metrics.keySet().stream()
                                        .map(metric -> Map.of("Name", metric.name(), "Unit", metric.unit()))
                                        .toList()))));
        metrics.forEach((metric, value) -> line.put(metric.name(), value.doubleValue()));
    }

    /**
     * Whether CloudWatch takes the name of a group as a dimension. Groups that were made before Auto Scaling wanted ASCII may have others.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html">Dimension</a>
     */
    static boolean isDimension(Object group) {
        return group instanceof String name && name.matches("\\p{ASCII}+");
    }
}
