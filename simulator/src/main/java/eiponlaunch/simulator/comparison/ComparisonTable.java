package eiponlaunch.simulator.comparison;

import eiponlaunch.simulator.run.SimulationResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/** The results of several strategies on the same settings and seed, side by side. */
public final class ComparisonTable {
    private static final int VIOLATIONS_SHOWN = 5;

    private final List<SimulationResult> results;
    private final PrintWriter out;

    public ComparisonTable(List<SimulationResult> results, PrintWriter out) {
        this.results = results;
        this.out = out;
    }

    public void print() {
        row("", SimulationResult::strategy);
        row("launches", SimulationResult::launches);
        row("launched", SimulationResult::continued);
        row("abandoned", SimulationResult::abandoned);
        row("lost: the heartbeat ended", SimulationResult::lost);
        row(
                "seconds to the last CONTINUE",
                result -> result.secondsToLastContinue() == null ? "none" : result.secondsToLastContinue());
        printCalls();
        row("conflicts", SimulationResult::conflicts);
        row("throttled calls", SimulationResult::throttled);
        row("state transitions", SimulationResult::transitions);
        row("Lambda invocations", SimulationResult::lambdaInvocations);
        row("billed Lambda ms", SimulationResult::lambdaMillis);
        row("memory in MB", SimulationResult::memoryMegabytes);
        row("billed GB-seconds", result -> decimal("%.3f", result.gbSeconds()));
        row("dollars", result -> decimal("%.6f", result.dollars()));
        row("dollars per launch", result -> decimal("%.6f", result.dollars() / result.launches()));
        row("transitions per launch", result -> perLaunch(result.transitions(), result));
        row("billed Lambda ms per launch", result -> perLaunch(result.lambdaMillis(), result));
        row("broken invariants", result -> result.violations().size());
        out.println("Dollars without the free tier, logs and traces; every function on the template's architecture.");
        results.forEach(this::printViolations);
    }

    private void printViolations(SimulationResult result) {
        result.violations().stream()
                .limit(VIOLATIONS_SHOWN)
                .forEach(violation -> out.println(result.strategy() + " violated: " + violation));
        if (result.violations().size() > VIOLATIONS_SHOWN) {
            out.println("  and " + (result.violations().size() - VIOLATIONS_SHOWN) + " more");
        }
    }

    private void printCalls() {
        var apis = new TreeSet<String>();
        results.forEach(result -> apis.addAll(result.apiCalls().keySet()));
        for (var api : apis) {
            row(api + " calls", result -> result.apiCalls().getOrDefault(api, 0L));
            row("  per launch", result -> perLaunch(result.apiCalls().getOrDefault(api, 0L), result));
        }
    }

    private void row(String name, Function<SimulationResult, Object> value) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-31s", name));
        results.forEach(result -> line.append(String.format(Locale.ROOT, "%14s", value.apply(result))));
        out.println(line);
    }

    private static String perLaunch(long total, SimulationResult result) {
        return decimal("%.2f", (double) total / result.launches());
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
