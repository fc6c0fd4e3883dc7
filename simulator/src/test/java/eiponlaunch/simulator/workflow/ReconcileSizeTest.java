package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.ReconcileRun.allocation;
import static eiponlaunch.simulator.workflow.ReconcileRun.assertHolds;
import static eiponlaunch.simulator.workflow.ReconcileRun.count;
import static eiponlaunch.simulator.workflow.ReconcileRun.input;
import static eiponlaunch.simulator.workflow.ReconcileRun.instance;
import static eiponlaunch.simulator.workflow.ReconcileRun.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reconcile in groups of any size: what a run costs, and where it stops. */
class ReconcileSizeTest {
    private static final long HALF_OF_THE_QUOTA = 12_500;

    @Test
    void aRunThatFindsNothingToDoCostsOneInvocationAndThreeTransitions() {
        var reconcile = new ReconcileRun(3, 3)
                .start(input(false))
                .start(Duration.ofHours(2), Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP)))
                .run();

        var quiet = reconcile.executions.get(1);
        assertThat(quiet.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(quiet.stateTransitions()).isEqualTo(3);
        assertThat(reconcile.invocationsOf(quiet)).isOne();
        assertThat(count(quiet, "alreadyHeld")).isEqualTo(3);
    }

    @Test
    void threeHundredOfFiveThousandInstancesGetTheirAddressesInOneRun() {
        var reconcile = serving(5000, 4700, 5000).start(input(false)).run();

        assertThat(reconcile.only().status()).as("%s", reconcile.only().cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(300);
        assertThat(count(reconcile.only(), "alreadyHeld")).isEqualTo(4700);
        assertThat(reconcile.only().historyEvents()).isLessThan(HALF_OF_THE_QUOTA);
        assertThat(reconcile.run.calls("AssociateAddress")).isEqualTo(301);
        assertHolds(reconcile);
    }

    /** What the launch took that every simulation has is not the run's: three invocations and five calls. */
    @ParameterizedTest
    @ValueSource(ints = {0, 50, 300})
    void aRunForFiveThousandInstancesTakesWhatTheBenchmarksSay(int without) throws IOException {
        var reconcile = serving(5000, 5000 - without, 5000)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .run();
        var execution = reconcile.only();
        var result = reconcile.run.result;
        var calls =
                result.apiCalls().values().stream().mapToLong(Long::longValue).sum() - 5;
        var seconds = Duration.between(execution.start(), execution.stop().orElseThrow())
                        .toMillis()
                / 1000.0;
        var took = String.format(
                Locale.ROOT,
                "| %d | %.0f | %d | %d | %d |",
                without,
                seconds,
                execution.stateTransitions(),
                result.lambdaInvocations() - 3,
                calls);

        var documented = Pattern.compile("\\| " + without + " \\| (\\d+) \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|")
                .matcher(Files.readString(ProjectFiles.find().home().resolve("docs/benchmarks.md")));
        assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(documented.find()).as(took).isTrue();
        assertThat(seconds)
                .as(took)
                .isCloseTo(Double.parseDouble(documented.group(1)), withinPercentage(without == 0 ? 40 : 15));
        assertThat((long) execution.stateTransitions())
                .as(took)
                .isCloseTo(Long.parseLong(documented.group(2)), withinPercentage(2));
        assertThat(result.lambdaInvocations() - 3)
                .as(took)
                .isCloseTo(Long.parseLong(documented.group(3)), withinPercentage(2));
        assertThat(calls).as(took).isCloseTo(Long.parseLong(documented.group(4)), withinPercentage(2));
    }

    @Test
    void whatIsTooMuchForOneRunIsLeftToTheNextAndSaidSo() {
        var reconcile = serving(310, 0, 310)
                .start(input(false))
                .start(Duration.ofHours(2), input(false))
                .run();

        var first = reconcile.executions.get(0);
        assertThat(first.error()).contains("SomeInstancesWithoutEip");
        assertThat(first.cause().orElseThrow())
                .startsWith("10 of 310 instances in service of old-proxies are without an address. 10 of them are"
                        + " left to the next run. ");
        assertThat(reconcile.executions.get(1).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertHolds(reconcile);
    }

    @Test
    void aRunThatIsRefusedEveryAddressStopsLongBeforeItsHistoryIsFull() {
        var reconcile = serving(110, 0, 110).start(input(false));
        reconcile.faults.every("AssociateAddress", CallFault.refused("AuthFailure", 401, "Not yours."));
        reconcile.run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .contains("TriedInVain: 6 addresses were tried in vain, the last with AuthFailure.");
        assertThat(reconcile.only().historyEvents()).isLessThan(HALF_OF_THE_QUOTA);
    }

    /** Everything goes as badly as it can for as long as a run may take at the longest deadline. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AssociateAddress RequestLimitExceeded 503",
                "AssociateAddress Resource.AlreadyAssociated 400",
                "AssociateAddress IncorrectInstanceState 400",
                "AssociateAddress UnauthorizedOperation 403",
                "AssociateAddress InternalError 500",
                "DescribeInstances RequestLimitExceeded 503",
                "DescribeInstances UnauthorizedOperation 403",
                "DescribeAddresses InternalError 500",
                "DescribeAutoScalingGroups Throttling 400"
            })
    void theHistoryOfARunStaysUnderHalfOfTheQuota(String disturbance) {
        var words = disturbance.split(" ");
        var reconcile = serving(110, 0, 110)
                .with(workflow -> workflow.parameter("DeadlineSeconds", 7000).parameter("HeartbeatSeconds", 7200))
                .start(input(false));
        reconcile.faults.every(
                words[0],
                CallFault.refused(words[1], Integer.parseInt(words[2]), "No."),
                now -> now.isAfter(Workflow.EVENT.plus(Duration.ofMinutes(59))));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(reconcile.only().historyEvents()).isLessThan(HALF_OF_THE_QUOTA);
    }

    /** With half of the attempts refused a run gets on slowly, and comes round for many instances more than once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aRunThatGetsOnSlowlyStaysUnderHalfOfTheQuotaAsWell(long seed) {
        var random = new Random(seed);
        var reconcile = serving(310, 0, 310).seed(seed).start(input(false));
        reconcile.at(Duration.ofMinutes(59), simulation -> {
            for (var call = 0; call < 5000; call++) {
                reconcile.faults.next(
                        "AssociateAddress",
                        random.nextInt(3) == 0
                                ? CallFault.NONE
                                : CallFault.refused(
                                        random.nextBoolean() ? "Resource.AlreadyAssociated" : "AuthFailure",
                                        400,
                                        "No."));
            }
        });
        reconcile.run();

        assertThat(reconcile.only().historyEvents()).isLessThan(HALF_OF_THE_QUOTA);
        assertHolds(reconcile);
    }

    /** Its address would else be kept for it in every run, and nobody behind it would ever get one. */
    @Test
    void anInstanceThatCannotHaveAnAddressKeepsNoneFromTheNext() {
        var reconcile = new ReconcileRun(2, 1)
                .at(Duration.ofMinutes(30), simulation -> {
                    simulation.ec2().allocate("eipalloc-other", "198.18.9.9", Map.of("Application", "Other"));
                    simulation.ec2().associate("eipalloc-other", instance(1), false);
                })
                .start(input(false))
                .run();

        assertThat(reconcile.run.addressOf(instance(2))).isEqualTo(allocation(2));
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("1 of 2 ")
                .contains(instance(1) + ": eiponlaunch.failure.OtherEipException");
        assertHolds(reconcile);
    }
}
