package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.run.Prices;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.telemetry.Metric;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a month costs: alarms, dashboard and metrics, which cost the same without a launch, and a number of launches
 * like those of a run. If it is not certain what AWS bills, this counts the most that it may bill.
 */
final class MonthTable {
    /** A month in which every hour has a launch; AWS bills metrics by the hour in which they are published. */
    private static final int HOURS = 730;

    /** A metric is published for its pool, and for its pool and group. */
    private static final int DIMENSION_SETS = 2;

    /** What only runs of Reconcile publish. */
    private static final Set<Metric> OF_RECONCILE = Set.of(Metric.EipDrift, Metric.LaunchesOverdue);

    /** An assumption: a decision's line with its metrics, and the lines that Lambda adds about the invocation. */
    private static final int LOGGED_BYTES = 1500;

    /** An assumption: one of StartOnce and one of EipOnLaunch, though AWS X-Ray samples them. */
    private static final int TRACES = 2;

    private final SamTemplate template;
    private final SimulationResult run;
    private final long launches;
    private final PrintWriter out;
    private double total;

    MonthTable(SamTemplate template, SimulationResult run, long launches, PrintWriter out) {
        this.template = template;
        this.run = run;
        this.launches = launches;
        this.out = out;
    }

    void print() {
        var prices = Prices.Observation.published();
        out.printf(Locale.ROOT, "%-27s%14s%20s%10s%n", "a month", "quantity", "dollars for each", "dollars");
        line("alarm metrics", alarmMetrics(), prices.alarm());
        line("dashboards", template.resources("AWS::CloudWatch::Dashboard").size(), prices.dashboard());
        var metrics = (Metric.values().length - OF_RECONCILE.size()) * DIMENSION_SETS;
        line("hours of custom metrics", (double) metrics * Math.min(launches, HOURS), prices.metric() / HOURS);
        line("GB of logs", perLaunch(run.lambdaInvocations()) * LOGGED_BYTES / 1e9, prices.logGigabyte());
        line("traces", (double) launches * TRACES, prices.millionTraces() / 1e6);
        line("launches", launches, run.dollars() / run.launches());
        out.printf(Locale.ROOT, "%-27s%44.2f%n", "in all", total);
        out.println("Without the free tier. Launches: state transitions and Lambda, as in the run.");
    }

    /** AWS bills an alarm by the metrics that it watches. */
    private long alarmMetrics() {
        return template.resources("AWS::CloudWatch::Alarm").stream()
                .map(template::properties)
                .mapToLong(alarm -> alarm.get("Metrics") instanceof List<?> queries
                        ? queries.stream()
                                .filter(query -> ((Map<?, ?>) query).containsKey("MetricStat"))
                                .count()
                        : 1)
                .sum();
    }

    private double perLaunch(long inTheRun) {
        return (double) launches * inTheRun / run.launches();
    }

    private void line(String name, double quantity, double price) {
        total += quantity * price;
        out.printf(
                Locale.ROOT,
                "%-27s%14s%20.6f%10.2f%n",
                name,
                String.format(Locale.ROOT, quantity == Math.rint(quantity) ? "%.0f" : "%.6f", quantity),
                price,
                quantity * price);
    }
}
