package eiponlaunch.preflight.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eiponlaunch.preflight.check.Finding;
import eiponlaunch.preflight.facts.Status;
import java.util.List;

/** The report for a program. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    private record Content(
            String group,
            String account,
            String region,
            long ok,
            long warning,
            long failed,
            long notChecked,
            List<Line> findings,
            String testedAgainst) {}

    private record Line(String check, Status status, String seen, String fix, String command) {}

    public static String of(Report report) {
        var content = new Content(
                report.group(),
                report.account().id(),
                report.account().region(),
                report.count(Status.ok),
                report.count(Status.warning),
                report.count(Status.failed),
                report.count(Status.notChecked),
                report.findings().stream().map(JsonReport::line).toList(),
                Report.TESTED_AGAINST);
        try {
            return JSON.writeValueAsString(content) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of texts and numbers can be written", e);
        }
    }

    private static Line line(Finding finding) {
        return new Line(
                finding.check(),
                finding.status(),
                finding.seen(),
                finding.fix().text(),
                finding.fix().command());
    }
}
