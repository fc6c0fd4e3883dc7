package eiponlaunch.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Status;

/** What a test expects of a finding. */
final class FindingAssert {
    private final Finding finding;

    private FindingAssert(Finding finding) {
        this.finding = finding;
    }

    static FindingAssert assertFinding(Finding finding) {
        return new FindingAssert(finding);
    }

    void isOk() {
        assertThat(finding.status()).as("%s", finding).isEqualTo(Status.ok);
        assertThat(finding.fix()).isEqualTo(Fix.NONE);
    }

    FindingAssert warns(String seen) {
        return is(Status.warning, seen);
    }

    FindingAssert isNotChecked(String seen) {
        return is(Status.notChecked, seen);
    }

    FindingAssert failed(String seen) {
        return is(Status.failed, seen);
    }

    void andAdvises(String fix) {
        assertThat(finding.fix().text() + "\n" + finding.fix().command()).contains(fix);
    }

    private FindingAssert is(Status status, String seen) {
        assertThat(finding.status()).as("%s", finding).isEqualTo(status);
        assertThat(finding.seen()).contains(seen);
        assertThat(finding.fix()).isNotEqualTo(Fix.NONE);
        return this;
    }
}
