package eiponlaunch.preflight.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eiponlaunch.preflight.check.Finding;
import eiponlaunch.preflight.check.Finding.Status;
import java.util.List;

/** The report for a program. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    private record Content(
            String group, String account, String region, long ok, long warning, long failed, List<Finding> findings) {}

    public static String of(Report report) {
        var content = new Content(
                report.group(),
                report.account().id(),
                report.account().region(),
                report.count(Status.ok),
                report.count(Status.warning),
                report.count(Status.failed),
                report.findings());
        try {
            return JSON.writeValueAsString(content) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report of texts and numbers can be written", e);
        }
    }
}
