package eiponlaunch.telemetry;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import eiponlaunch.model.LifecycleAction;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * What {@link DecisionLog} writes, by Powertools for AWS Lambda: a line of JSON per decision, and one in CloudWatch's embedded
 * metric format when the decision counts for something.
 */
public final class PowertoolsDecisions implements Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(PowertoolsDecisions.class);

    private final Metrics metrics =
            MetricsBuilder.builder().withNamespace(DecisionLog.NAMESPACE).build();

    @Override
    public void report(Decision decision) {
        try {
            var fields = DecisionLog.fields(decision);
            LOG.info(decision.name(), entries(fields));
            if (!decision.metrics().isEmpty()) {
                count(decision.metrics(), (String) fields.get("group"), (String) fields.get("pool"));
            }
        } catch (RuntimeException e) {
            System.err.println("A decision was not logged or not counted: " + e);
        }
    }

    @Override
    public void warn(LifecycleAction action, String message) {
        LOG.warn(message, entries(DecisionLog.fields(action)));
    }

    /** One by one, as Powertools' own {@code entries} loses their order. */
    private static Object[] entries(Map<String, Object> fields) {
        return fields.entrySet().stream()
                .map(field -> entry(field.getKey(), field.getValue()))
                .toArray();
    }

    private void count(Map<Metric, Number> counted, String group, String pool) {
        metrics.clearDefaultDimensions(); // LogGroup, ServiceName and ServiceType of the embedded metrics library
        if (DecisionLog.isDimension(group)) {
            metrics.addDimension(DimensionSet.of("group", group, "pool", pool));
        }
        metrics.addDimension(DimensionSet.of("pool", pool));
        counted.forEach((metric, value) -> metrics.addMetric(metric.name(), value.doubleValue(), unit(metric)));
        metrics.flush(); // not flushMetrics, after which Powertools would hold something of each trace for ever
    }

    private static MetricUnit unit(Metric metric) {
        return MetricUnit.valueOf(metric.unit().toUpperCase(Locale.ROOT));
    }
}
