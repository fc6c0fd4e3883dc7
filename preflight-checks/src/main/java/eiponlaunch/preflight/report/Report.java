package eiponlaunch.preflight.report;

import eiponlaunch.preflight.check.Check;
import eiponlaunch.preflight.check.Finding;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * What every check made of the facts.
 *
 * @param group the group that was looked at
 * @param account where it is
 * @param findings in the order of the checks
 */
public record Report(String group, Account account, List<Finding> findings) {
    /** Said at the end of each report. */
    public static final String TESTED_AGAINST =
            "preflight itself was tested against moto and ministack, never against AWS";

    public Report {
        findings = List.copyOf(findings);
    }

    public static Report of(Account account, Facts facts) {
        return new Report(
                facts.groupName(),
                account,
                eachOnce(Check.all().stream()
                        .flatMap(check -> check.judge(facts).stream())
                        .toList()));
    }

    /**
     * Tells what is wrong at the first check that meets it. The others that depend on it have nothing to check, and need not
     * say so of what is missing on purpose, which was only warned of.
     */
    private static List<Finding> eachOnce(List<Finding> findings) {
        record Told(String seen, Fix fix) {}
        var first = new HashMap<Told, Finding>();
        var once = new ArrayList<Finding>();
        for (var finding : findings) {
            var before = first.putIfAbsent(new Told(finding.seen(), finding.fix()), finding);
            if (before == null || finding.status() == Status.ok) {
                once.add(finding);
            } else if (finding.status() != Status.warning && !finding.check().equals(before.check())) {
                once.add(new Finding(finding.check(), Status.notChecked, "see " + before.check(), Fix.NONE));
            }
        }
        return once.stream().distinct().toList();
    }

    public long count(Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }
}
