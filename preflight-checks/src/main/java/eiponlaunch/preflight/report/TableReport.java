package eiponlaunch.preflight.report;

import eiponlaunch.preflight.check.Finding;
import eiponlaunch.preflight.check.Finding.Status;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for a reader: a line for each finding, and under it what to do. */
public final class TableReport {
    private TableReport() {}

    public static String of(Report report) {
        var width = report.findings().stream()
                .mapToInt(finding -> finding.check().length())
                .max()
                .orElse(1);
        var counts = Stream.of(Status.values())
                .map(status -> report.count(status) + " " + status)
                .collect(Collectors.joining(", "));
        return report.findings().stream()
                .map(finding -> line(finding, width))
                .collect(Collectors.joining("", "", report.group() + ": " + counts + "\n"));
    }

    private static String line(Finding finding, int width) {
        var line = "%-" + width + "s  %-7s  %s%n";
        return line.formatted(finding.check(), finding.status(), finding.seen())
                + (finding.fix().isEmpty() ? "" : line.formatted("", "", "→ " + finding.fix()));
    }
}
