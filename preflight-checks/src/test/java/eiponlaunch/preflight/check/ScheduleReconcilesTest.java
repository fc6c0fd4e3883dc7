package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Reconciling;
import eiponlaunch.preflight.facts.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleReconcilesTest {
    private static final List<String> SCHEDULER = List.of("scheduler.amazonaws.com");
    private static final Map<String, List<String>> HOOKS = Map.of("forward-proxy", List.of(Sample.HOOK));

    private final Sample sample = new Sample();

    @Test
    void withoutGroupsNothingIsSaidOfASchedule() {
        assertThat(new ScheduleReconciles().judge(sample.facts())).isEmpty();
    }

    @Test
    void aScheduleThatStartsReconcileIsWell() {
        assertFinding(judged(new Reconciling("schedule", true, Sample.RECONCILE, SCHEDULER, List.of(), HOOKS)))
                .isOk();
    }

    @Test
    void failsOnAScheduleThatIsDisabledOrStartsSomethingElse() {
        assertFinding(judged(new Reconciling("schedule", false, Sample.RECONCILE, SCHEDULER, List.of(), HOOKS)))
                .failed("the schedule schedule is disabled")
                .andAdvises("sam deploy");
        assertFinding(judged(new Reconciling("schedule", true, Sample.START_ONCE, SCHEDULER, List.of(), HOOKS)))
                .failed("does not start Reconcile, but " + Sample.START_ONCE);
    }

    @Test
    void failsOnARoleThatTheSchedulerMayNotUse() {
        assertFinding(judged(new Reconciling(
                        "schedule", true, Sample.RECONCILE, List.of("events.amazonaws.com"), List.of(), HOOKS)))
                .failed("its role, which trusts events.amazonaws.com");
        assertFinding(judged(new Reconciling("schedule", true, Sample.RECONCILE, List.of(), List.of(), HOOKS)))
                .failed("which trusts no service");
    }

    @Test
    void failsOnAGroupThatIsNotThere() {
        assertFinding(judged(new Reconciling(
                        "schedule", true, Sample.RECONCILE, SCHEDULER, List.of("forward-proxi"), HOOKS)))
                .failed("there is no group forward-proxi, so every scheduled run fails with GroupNotFound")
                .andAdvises("ReconcileGroups");
    }

    @ParameterizedTest
    @CsvSource({"100, ok", "101, failed"})
    void failsOnMoreGroupsThanReconcileTakes(int count, Status status) {
        var names =
                IntStream.range(0, count).mapToObj(number -> "group-" + number).toList();
        sample.parameters.put("ReconcileGroups", String.join(",", names));
        sample.reconciling = Optional.of(
                Lookup.of(new Reconciling("schedule", true, Sample.RECONCILE, SCHEDULER, List.of(), Map.of())));

        var finding = sample.judgedBy(new ScheduleReconciles());

        assertThat(finding.status()).as("%s", finding).isEqualTo(status);
        if (status == Status.failed) {
            assertFinding(finding)
                    .failed("ReconcileGroups names 101 groups, and Reconcile takes at most 100")
                    .andAdvises("leave some out");
        }
    }

    @Test
    void warnsOfAGroupWhoseLaunchesTheStackDoesNotServe() {
        assertFinding(judged(new Reconciling(
                        "schedule",
                        true,
                        Sample.RECONCILE,
                        SCHEDULER,
                        List.of(),
                        Map.of("forward-proxy", List.of("another")))))
                .warns("forward-proxy has no hook " + Sample.HOOK);
    }

    @Test
    void failsWhenTheStackLacksReconcile() {
        sample.resources.clear();

        assertFinding(judged(new Reconciling("schedule", true, Sample.RECONCILE, SCHEDULER, List.of(), HOOKS)))
                .failed("has no Reconcile");
    }

    private Finding judged(Reconciling reconciling) {
        sample.parameters.put("ReconcileGroups", "forward-proxy");
        sample.reconciling = Optional.of(Lookup.of(reconciling));
        return sample.judgedBy(new ScheduleReconciles());
    }
}
