package eiponlaunch.decision;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.model.LifecycleAction;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/**
 * One line of JSON per decision, which is a log entry and, by CloudWatch's embedded metric format, the metrics too. Metrics
 * have the dimensions {@code group} and {@code pool}, and {@code pool} alone for an alarm over all groups.
 *
 * <p>Whoever has a lifecycle action's token can complete the action, so only its beginning is written.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
public final class JsonLines implements Decisions {
    static final String NAMESPACE = "EipOnLaunch";
    private static final int TOKEN_SHOWN = 8;

    private final ObjectMapper json = new ObjectMapper();
    private final PrintStream out;
    private final Clock clock;

    public JsonLines(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** To the function's log. */
    public static JsonLines toLog() {
        return new JsonLines(System.out, Clock.systemUTC());
    }

    @Override
    public void report(Decision decision) {
        print(line(decision));
    }

    @Override
    public void warn(LifecycleAction action, String message) {
        var line = line("WARN");
        line.put("message", message);
        print(put(line, action));
    }

    private void print(ObjectNode line) {
        try {
            out.println(json.writeValueAsString(line)); // one call, so that lines do not mix
        } catch (IOException | RuntimeException e) {
            System.err.println("A decision was not logged: " + e);
        }
    }

    private ObjectNode line(Decision decision) {
        var line = line("INFO");
        line.put("decision", decision.name());
        put(line, decision.action());
        line.put("pool", decision.pool() == null ? "unknown" : decision.pool());
        if (decision.eip() != null) {
            line.put("eip", decision.eip().publicIp());
            line.put("allocationId", decision.eip().allocationId());
        }
        if (!decision.metrics().isEmpty()) {
            metrics(line, new TreeMap<>(decision.metrics()), clock.millis());
        }
        return line;
    }

    private ObjectNode line(String level) {
        var line = JsonNodeFactory.instance.objectNode();
        line.put("timestamp", clock.instant().toString());
        line.put("level", level);
        return line;
    }

    private static ObjectNode put(ObjectNode line, LifecycleAction action) {
        if (action != null) {
            line.put("instanceId", action.instanceId());
            line.put("group", action.autoScalingGroupName());
            line.put("hook", action.lifecycleHookName());
            line.put("execution", execution(action));
        }
        return line;
    }

    private static void metrics(ObjectNode line, Map<Metric, Number> metrics, long timestamp) {
        var embedded = line.putObject("_aws");
        embedded.put("Timestamp", timestamp);
        var directive = embedded.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", NAMESPACE);
        var dimensions = directive.putArray("Dimensions");
        if (line.has("group")) {
            dimensions.addArray().add("group").add("pool");
        }
        dimensions.addArray().add("pool");
        var definitions = directive.putArray("Metrics");
        metrics.forEach((metric, value) -> {
            definitions.addObject().put("Name", metric.name()).put("Unit", metric.unit());
            line.put(metric.name(), value.doubleValue());
        });
    }

    /** The execution is named after the token. Its beginning is enough to find it by. */
    private static String execution(LifecycleAction action) {
        return action.token() == null ? null : action.token().substring(0, TOKEN_SHOWN) + "-****";
    }
}
