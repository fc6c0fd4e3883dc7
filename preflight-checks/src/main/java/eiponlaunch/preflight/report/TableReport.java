package eiponlaunch.preflight.report;

import eiponlaunch.preflight.check.Finding;
import eiponlaunch.preflight.facts.Status;
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
        var statusWidth = report.findings().stream()
                .mapToInt(finding -> finding.status().words().length())
                .reduce(Status.warning.words().length(), Math::max);
        var counts = Stream.of(Status.values())
                .filter(status -> status != Status.notChecked || report.count(status) > 0)
                .map(status -> report.count(status) + " " + status.words())
                .collect(Collectors.joining(", "));
        return report.findings().stream()
                .map(finding -> lines(finding, "%-" + width + "s  %-" + statusWidth + "s  %s\n"))
                .collect(Collectors.joining(
                        "",
                        "",
                        report.group() + " in " + report.account().region() + ", account "
                                + report.account().id() + ": " + counts + "\n" + Report.TESTED_AGAINST + "\n"));
    }

    private static String lines(Finding finding, String line) {
        var fix = finding.fix();
        return line.formatted(finding.check(), finding.status().words(), finding.seen())
                + (fix.text().isEmpty() ? "" : line.formatted("", "", "→ " + fix.text()))
                + (fix.command().isEmpty() ? "" : line.formatted("", "", "  " + fix.command()));
    }
}
