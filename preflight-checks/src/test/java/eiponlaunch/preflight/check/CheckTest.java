package eiponlaunch.preflight.check;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.check.Finding.Status;
import eiponlaunch.preflight.facts.Seen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every check. */
class CheckTest {
    static java.util.List<Check> everyCheck() {
        return Check.all();
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void whereAllIsWellIsOkAndNothingIsToDo(Check check) {
        assertThat(check.judge(new Sample().facts())).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check.getClass().getSimpleName());
            assertThat(finding.status()).isEqualTo(Status.ok);
            assertThat(finding.fix()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void earlyReleaseIsOkTooAndJudgedByTheChecksOfTheWayToTheWorkflow(Check check) {
        assertThat(check.judge(new Sample().withEarlyRelease().facts()))
                .hasSize(check instanceof HandlingCheck ? 2 : 1)
                .allSatisfy(finding -> assertThat(finding.status()).isEqualTo(Status.ok));
    }

    @Test
    void whoIsNotAllowedToLookIsWarnedAndToldThePermission() {
        var sample = new Sample();
        sample.group = Seen.notAllowed("autoscaling:DescribeAutoScalingGroups");

        assertThat(new PoolLargeEnough().judge(sample.facts())).singleElement().satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(Status.warning);
            assertThat(finding.seen()).isEqualTo("not allowed to look, needs autoscaling:DescribeAutoScalingGroups");
        });
    }

    @Test
    void withoutTheGroupWhatNeedsItFails() {
        var sample = new Sample();
        sample.group = Seen.missing("there is no group forward-proxy in eu-west-1", "give the group's name");

        assertThat(Check.all().stream()
                        .flatMap(check -> check.judge(sample.facts()).stream())
                        .filter(finding -> finding.status() == Status.failed)
                        .map(Finding::check))
                .containsExactly(
                        "GroupExists",
                        "HookHolds",
                        "HeartbeatLongEnough",
                        "HookPoolReadable",
                        "PoolLargeEnough",
                        "PoolHeadroom",
                        "PoolFreeNow",
                        "PoolUsable",
                        "AddressesTagged",
                        "WarmPoolHoldsNoAddress");
    }
}
