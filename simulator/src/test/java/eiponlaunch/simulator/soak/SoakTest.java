package eiponlaunch.simulator.soak;

import static org.assertj.core.api.Assertions.assertThat;

import asl.time.Seed;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.Profile;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoakTest {
    private static final Set<FaultName> ALL = EnumSet.allOf(FaultName.class);

    /** Among them four storms. */
    @Test
    void fiveThousandLaunchesWithEveryFaultBreakNoInvariant() throws IOException {
        var progress = new AtomicLong();
        var result = soak(Deployment.SHIPPED, ALL).run(5000, 1, progress::addAndGet);

        assertThat(result.broken()).isEmpty();
        assertThat(progress).hasValue(80 * 50 + 4 * 300);
        assertThat(result.launches()).isBetween(5200L, 5700L); // some leave a warm pool, which is a launch once more
        assertThat(result.continued()).isGreaterThan(3500);
        assertThat(result.continued() + result.abandoned() + result.lost()).isEqualTo(result.launches());
        assertThat(count(result.abandonedByCause())).isEqualTo(result.abandoned());
        assertThat(count(result.lostByCause())).isEqualTo(result.lost());
        assertThat(result.failedByError())
                .containsKeys(
                        "NoFreeEip",
                        "ContinueFailed",
                        "LaunchNotStarted",
                        "EipNotReleased",
                        "ContinueNotSent",
                        "eiponlaunch.failure.AccessDeniedException",
                        "eiponlaunch.failure.DeadlinePassedException",
                        "eiponlaunch.failure.InstanceGoneException");
    }

    @ParameterizedTest
    @EnumSource
    void everyMutationOfTheWorkflowIsNoticedWithinAThousandLaunches(Mutation mutation) throws IOException {
        assertThat(firstBrokenOfAThousandLaunches(mutation)).isPresent();
    }

    /** Runs batches only until one is broken. */
    private static Optional<SoakResult.Broken> firstBrokenOfAThousandLaunches(Deployment deployment)
            throws IOException {
        var files = ProjectFiles.find();
        var event = ProjectFiles.json(files.event("launch.json"));
        for (int number = 0, launches = 0; launches < 1000; launches += Batch.launches(number++)) {
            var batch = Batch.of(new Seed(1), number, Profile.DOCUMENTED, ALL);
            var broken =
                    SoakResult.of(batch, batch.run(files, event, deployment)).broken();
            if (!broken.isEmpty()) {
                return Optional.of(broken.get(0));
            }
        }
        return Optional.empty();
    }

    /**
     * What a late invocation does is noticed, and what keeps it from doing so is that AssociateEip refuses it. One that runs again
     * within nine seconds is not refused: of two thousand launches at most one.
     */
    @ParameterizedTest
    @CsvSource({"LAMBDA_LATE, 0", "LAMBDA_TWICE, 1"})
    void anAttemptThatLambdaRunsLateOrOnceMoreIsNoticed(FaultName fault, long most) throws IOException {
        assertThat(replacedAfterContinue(Mutation.LATE_ATTEMPT_ASSOCIATES, fault))
                .isGreaterThan(most);
        assertThat(replacedAfterContinue(new FirstAttemptTaken(), fault)).isLessThanOrEqualTo(most);
    }

    private static long replacedAfterContinue(Deployment deployment, FaultName fault) throws IOException {
        return soak(deployment, EnumSet.of(fault)).run(2000, 1, launches -> {}).broken().stream()
                .filter(broken -> broken.violation().endsWith("after CONTINUE"))
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultAloneBreaksNoInvariant(FaultName fault) throws IOException {
        assertThat(soak(Deployment.SHIPPED, EnumSet.of(fault))
                        .run(200, 1, launches -> {})
                        .broken())
                .isEmpty();
    }

    /** The worst has what is bad in all others. */
    @ParameterizedTest
    @ValueSource(strings = {"stale", "worst"})
    void allFaultsInAnUnkindProfileBreakNoInvariant(String profile) throws IOException {
        assertThat(soak(Deployment.SHIPPED, Profile.named(profile), ALL)
                        .run(1300, 1, launches -> {}) // the last batch is a storm
                        .broken())
                .isEmpty();
    }

    /** Fifty launches are within every burst. */
    @Test
    void afterTwentyBatchesComesAStormThatMeetsTheRatesOfItsProfile() throws IOException {
        assertThat(IntStream.range(0, 42).map(Batch::launches).sum()).isEqualTo(2 * (20 * 50 + 300));
        assertThat(secondsOfTheStorm("documented")).isLessThan(secondsOfTheStorm("busy"));
    }

    private static double secondsOfTheStorm(String profile) throws IOException {
        var files = ProjectFiles.find();
        return Batch.of(new Seed(1), 20, Profile.named(profile), Set.of())
                .run(files, ProjectFiles.json(files.event("launch.json")), Deployment.SHIPPED)
                .secondsToLastContinue();
    }

    @Test
    void theSameSeedGivesTheSameResultOnHoweverManyCores() throws IOException {
        var first = soak(Deployment.SHIPPED, ALL).run(500, 7, launches -> {});

        assertThat(soak(Deployment.SHIPPED, ALL).run(500, 7, launches -> {})).isEqualTo(first);
        assertThat(soak(Deployment.SHIPPED, ALL).run(500, 8, launches -> {})).isNotEqualTo(first);
    }

    @Test
    void aBrokenBatchTellsTheCommandThatRunsItAgain() throws IOException {
        var broken =
                firstBrokenOfAThousandLaunches(Mutation.REASSOCIATION_ALLOWED).orElseThrow();

        assertThat(broken.batch().replay())
                .isEqualTo("./simulate --launches 50 --pool " + broken.batch().pool()
                        + (broken.batch().groups() > 1
                                ? " --groups " + broken.batch().groups()
                                : "")
                        + (broken.batch().sharedPool() ? " --shared-pool" : "")
                        + (broken.batch().mixed() ? " --mixed" : "")
                        + (broken.batch().earlyRelease()
                                ? " --terminate " + broken.batch().terminations() + " --early-release"
                                : "")
                        + " --seed " + broken.batch().seed() + " --faults all");
        assertThat(broken.violation()).contains("was taken from");
    }

    private static long count(Map<String, Integer> causes) {
        return causes.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static Soak soak(Deployment deployment, Set<FaultName> faults) throws IOException {
        return soak(deployment, Profile.DOCUMENTED, faults);
    }

    private static Soak soak(Deployment deployment, Profile profile, Set<FaultName> faults) throws IOException {
        var files = ProjectFiles.find();
        return new Soak(files, ProjectFiles.json(files.event("launch.json")), deployment, profile, faults);
    }
}
