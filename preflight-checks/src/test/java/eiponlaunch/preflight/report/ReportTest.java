package eiponlaunch.preflight.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.preflight.check.Check;
import eiponlaunch.preflight.check.Finding;
import eiponlaunch.preflight.check.Sample;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Status;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Account ACCOUNT =
            new Account("123456789012", "aws", "eu-west-1", "arn:aws:iam::123456789012:user/operator");

    private final Report report = new Report(
            "forward-proxy",
            ACCOUNT,
            List.of(
                    new Finding("GroupExists", Status.ok, "forward-proxy", Fix.NONE),
                    new Finding("HookHolds", Status.failed, "it continues", Fix.run("put it", "aws put"))));

    @Test
    void tableHasALineForEachFindingTheFixBelowAndTheCountsLast() {
        assertThat(TableReport.of(report)).isEqualTo("""
                        GroupExists  ok       forward-proxy
                        HookHolds    failed   it continues
                                              → put it
                                                aws put
                        forward-proxy in eu-west-1, account 123456789012: 1 ok, 0 warning, 1 failed
                        preflight itself was tested against moto and ministack, never against AWS
                        """);
    }

    @Test
    void jsonHasTheSame() throws IOException {
        assertThat(new ObjectMapper().readTree(JsonReport.of(report))).isEqualTo(new ObjectMapper().readTree("""
                                        {"group": "forward-proxy", "account": "123456789012", "region": "eu-west-1",
                                         "ok": 1, "warning": 0, "failed": 1, "notChecked": 0, "findings": [
                                          {"check": "GroupExists", "status": "ok", "seen": "forward-proxy", "fix": "",
                                           "command": ""},
                                          {"check": "HookHolds", "status": "failed", "seen": "it continues", "fix": "put it",
                                           "command": "aws put"}],
                                         "testedAgainst": "preflight itself was tested against moto and ministack, never against AWS"}
                                        """));
    }

    @Test
    void everyCheckIsInTheReport() {
        assertThat(Report.of(ACCOUNT, new Sample().withTagsAndSchedule().facts())
                        .findings())
                .extracting(Finding::check)
                .containsExactlyElementsOf(Check.all().stream().map(Check::name).toList());
    }
}
