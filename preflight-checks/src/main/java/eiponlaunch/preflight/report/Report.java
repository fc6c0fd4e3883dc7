package eiponlaunch.preflight.report;

import eiponlaunch.preflight.check.Check;
import eiponlaunch.preflight.check.Finding;
import eiponlaunch.preflight.check.Finding.Status;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Facts;
import java.util.List;

/**
 * What every check made of the facts.
 *
 * @param group the group that was looked at
 * @param account where it is
 * @param findings in the order of the checks
 */
public record Report(String group, Account account, List<Finding> findings) {
    public Report {
        findings = List.copyOf(findings);
    }

    public static Report of(Account account, Facts facts) {
        return new Report(
                facts.groupName(),
                account,
                Check.all().stream()
                        .flatMap(check -> check.judge(facts).stream())
                        .toList());
    }

    public long count(Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }
}
