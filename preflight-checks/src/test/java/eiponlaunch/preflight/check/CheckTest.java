package eiponlaunch.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Status;
import eiponlaunch.preflight.report.Report;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every check. */
class CheckTest {
    private static final Account ACCOUNT = new Account("123456789012", "aws", "eu-west-1", Sample.OPERATOR);

    static java.util.List<Check> everyCheck() {
        return Check.all();
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void whereAllIsWellIsOkAndNothingIsToDo(Check check) {
        assertThat(check.judge(new Sample().withTagsAndSchedule().facts()))
                .isNotEmpty()
                .allSatisfy(finding -> {
                    assertThat(finding.check()).isEqualTo(check.getClass().getSimpleName());
                    assertThat(finding.status()).isEqualTo(Status.ok);
                    assertThat(finding.fix()).isEqualTo(Fix.NONE);
                });
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void earlyReleaseIsOkTooAndJudgedByTheChecksOfTheWayToTheWorkflow(Check check) {
        assertThat(check.judge(
                        new Sample().withTagsAndSchedule().withEarlyRelease().facts()))
                .hasSize(check instanceof HandlingCheck ? 2 : 1)
                .allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.ok));
    }

    @Test
    void whoIsNotAllowedToLookIsToldThePermissionAndThatNothingWasChecked() {
        var sample = new Sample();
        sample.group = Lookup.notAllowed("autoscaling:DescribeAutoScalingGroups");

        assertThat(new PoolLargeEnough().judge(sample.facts())).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Status.notChecked);
            assertThat(finding.seen()).isEqualTo("not allowed to check: needs autoscaling:DescribeAutoScalingGroups");
        });
    }

    @Test
    void withoutTheGroupOneCheckFailsAndWhatNeedsItIsNotChecked() {
        var sample = new Sample();
        sample.group = Lookup.missing("there is no group forward-proxy in eu-west-1", Fix.of("give the group's name"));

        var findings = Report.of(ACCOUNT, sample.facts()).findings();

        assertThat(checks(findings, Status.failed)).containsExactly("GroupExists");
        assertThat(checks(findings, Status.notChecked))
                .containsExactly(
                        "HookHolds",
                        "HeartbeatLongEnough",
                        "HookPoolReadable",
                        "PoolLargeEnough",
                        "PoolHeadroom",
                        "PoolFreeNow",
                        "PoolUsable",
                        "AddressesTagged",
                        "WarmPoolHoldsNoAddress");
        assertThat(findings)
                .filteredOn(finding -> finding.status() == Status.notChecked)
                .allSatisfy(finding -> {
                    assertThat(finding.seen()).isEqualTo("see GroupExists");
                    assertThat(finding.fix()).isEqualTo(Fix.NONE);
                });
    }

    @Test
    void withoutTheStackOneCheckFails() {
        var sample = new Sample();
        sample.stack = Lookup.missing("there is no stack eip-on-launch", Fix.of("deploy it"));

        var findings = Report.of(ACCOUNT, sample.facts()).findings();

        assertThat(checks(findings, Status.failed)).containsExactly("StackDeployed");
        assertThat(checks(findings, Status.notChecked)).contains("RuleStartsWorkflow");
    }

    /** One stack may serve groups with and without early release, so this is not a failure, and nothing else is checked. */
    @Test
    void aTerminatingHookThatTheGroupDoesNotHaveIsWarnedOfOnce() {
        var sample = new Sample().withEarlyRelease();
        sample.terminateHooks = List.of();

        var findings = Report.of(ACCOUNT, sample.facts()).findings();

        assertThat(checks(findings, Status.warning)).containsExactly("HookHolds");
        assertThat(checks(findings, Status.notChecked)).isEmpty();
    }

    private static List<String> checks(List<Finding> findings, Status status) {
        return findings.stream()
                .filter(finding -> finding.status() == status)
                .map(Finding::check)
                .toList();
    }
}
