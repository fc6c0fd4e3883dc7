package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.template.CloudFormationYaml;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever lasts to the end of the longest deadline, an execution's history stays under half of Step Functions' quota, in a
 * cloud where nothing takes time, so that as much as possible happens.
 */
class HistoryBudgetTest {
    private static final int HALF_OF_THE_QUOTA = 12_500;
    private static final int DEADLINE = most("DeadlineSeconds");
    private static final int HEARTBEAT = most("HeartbeatSeconds");

    private static final CallFault THROTTLED = CallFault.refused("RequestLimitExceeded", 503, "Slow down.");
    private static final CallFault DENIED = CallFault.refused("UnauthorizedOperation", 403, "No.");
    private static final CallFault TAKEN = CallFault.refused("Resource.AlreadyAssociated", 400, "Taken.");
    private static final CallFault NOT_READY = CallFault.refused("IncorrectInstanceState", 400, "It is pending.");

    private static final Map<String, Consumer<Workflow>> DISTURBANCES = Map.ofEntries(
            Map.entry("the pool is empty", workflow -> workflow.pool(0)),
            Map.entry("the address is taken each time", workflow -> workflow.faults.every("AssociateAddress", TAKEN)),
            Map.entry(
                    "AssociateAddress is throttled", workflow -> workflow.faults.every("AssociateAddress", THROTTLED)),
            Map.entry(
                    "DescribeAddresses is throttled",
                    workflow -> workflow.faults.every("DescribeAddresses", THROTTLED)),
            Map.entry("the instance is not ready", workflow -> workflow.faults.every("AssociateAddress", NOT_READY)),
            Map.entry(
                    "FindFreeEip crashes",
                    workflow -> workflow.faults.everyInvocation("FindFreeEip", InvocationFault.CRASH_BEFORE)),
            Map.entry(
                    "FindFreeEip is throttled",
                    workflow -> workflow.faults.everyInvocation("FindFreeEip", InvocationFault.THROTTLED)),
            Map.entry(
                    "AssociateEip is throttled",
                    workflow -> workflow.faults.everyInvocation("AssociateEip", InvocationFault.THROTTLED)),
            Map.entry("CONTINUE is throttled", workflow -> workflow.faults.every("CompleteLifecycleAction", THROTTLED)),
            Map.entry(
                    "ABANDON is throttled",
                    workflow -> workflow.faults
                            .every("AssociateAddress", DENIED)
                            .every("CompleteLifecycleAction", THROTTLED)),
            Map.entry("StartExecution is throttled", workflow -> workflow.faults.every("StartExecution", THROTTLED)),
            Map.entry("every other call fails, each in another way", HistoryBudgetTest::everyOtherCallFails));

    static Stream<Arguments> longest() {
        var cases = new ArrayList<Arguments>();
        for (var disturbance : DISTURBANCES.keySet().stream().sorted().toList()) {
            for (var wait : List.of(least("WaitSeconds"), 30, most("WaitSeconds"))) {
                cases.add(Arguments.of(disturbance, wait));
            }
        }
        return cases.stream();
    }

    /** The least and the most that the template allows, sensible or not; {@link #longest} has the most of both. */
    static Stream<Arguments> corners() {
        var corners = new ArrayList<Arguments>();
        for (var disturbance : DISTURBANCES.keySet().stream().sorted().toList()) {
            for (var wait : disturbance.contains("pool") ? limits("WaitSeconds") : List.of(least("WaitSeconds"))) {
                corners.add(Arguments.of(disturbance, DEADLINE, least("HeartbeatSeconds"), wait));
                corners.add(Arguments.of(disturbance, least("DeadlineSeconds"), HEARTBEAT, wait));
                corners.add(Arguments.of(disturbance, least("DeadlineSeconds"), least("HeartbeatSeconds"), wait));
            }
        }
        return corners.stream();
    }

    @ParameterizedTest(name = "{0}, DeadlineSeconds {1}, HeartbeatSeconds {2}, WaitSeconds {3}")
    @MethodSource("corners")
    void noCombinationOfTheParametersPassesHalfOfTheQuota(String disturbance, int deadline, int heartbeat, int wait) {
        var workflow = new Workflow()
                .parameter("DeadlineSeconds", deadline)
                .parameter("HeartbeatSeconds", heartbeat)
                .parameter("WaitSeconds", wait);
        DISTURBANCES.get(disturbance).accept(workflow);

        assertThat(workflow.run().simulation().executions())
                .isNotEmpty()
                .allSatisfy(execution -> assertThat(execution.historyEvents()).isLessThan(HALF_OF_THE_QUOTA));
    }

    static Stream<Arguments> terminations() {
        return limits("TerminateHeartbeatSeconds").stream()
                .flatMap(heartbeat -> Stream.of(
                        Arguments.of(heartbeat, "DisassociateAddress"),
                        Arguments.of(heartbeat, "DescribeAddresses"),
                        Arguments.of(heartbeat, "CompleteLifecycleAction")));
    }

    @ParameterizedTest(name = "TerminateHeartbeatSeconds {0}, {1} is throttled")
    @MethodSource("terminations")
    void noTerminationPassesHalfOfTheQuota(int heartbeat, String call) {
        var workflow = new Workflow()
                .earlyRelease()
                .parameter("TerminateHeartbeatSeconds", heartbeat)
                .file("instance-terminate.json");
        workflow.faults.every(call, THROTTLED);

        assertThat(workflow.run().simulation().executions())
                .isNotEmpty()
                .allSatisfy(execution -> assertThat(execution.historyEvents()).isLessThan(HALF_OF_THE_QUOTA));
    }

    static Stream<Arguments> reconciles() {
        return limits("DeadlineSeconds").stream()
                .flatMap(deadline -> Stream.of(
                        Arguments.of(deadline, "AssociateAddress"),
                        Arguments.of(deadline, "DescribeAddresses"),
                        Arguments.of(deadline, "DescribeAutoScalingGroups")));
    }

    @ParameterizedTest(name = "DeadlineSeconds {0}, {1} is throttled")
    @MethodSource("reconciles")
    void noRunOfReconcilePassesHalfOfTheQuota(int deadline, String call) {
        var reconcile = new ReconcileRun(60, 60)
                .with(workflow ->
                        workflow.parameter("DeadlineSeconds", deadline).parameter("HeartbeatSeconds", HEARTBEAT))
                .start(Duration.ofHours(3), ReconcileRun.input(false));
        reconcile.faults.every(call, THROTTLED, now -> now.isAfter(EVENT.plus(Duration.ofMinutes(179))));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(reconcile.only().historyEvents()).isLessThan(HALF_OF_THE_QUOTA);
    }

    private static List<Integer> limits(String parameter) {
        return List.of(least(parameter), most(parameter));
    }

    private static int least(String parameter) {
        return limit(parameter, "MinValue");
    }

    private static int most(String parameter) {
        return limit(parameter, "MaxValue");
    }

    private static int limit(String parameter, String which) {
        try {
            var template = CloudFormationYaml.parse(
                    Files.readString(ProjectFiles.find().template()));
            var declared = (Map<?, ?>) ((Map<?, ?>) template.get("Parameters")).get(parameter);
            return Integer.parseInt(declared.get(which).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}, WaitSeconds {1}")
    @MethodSource("longest")
    void staysUnderHalfOfTheQuotaAndEndsInTime(String disturbance, int waitSeconds) {
        for (var seed = 1; seed <= 3; seed++) {
            var workflow = new Workflow()
                    .seed(seed)
                    .parameter("DeadlineSeconds", DEADLINE)
                    .parameter("HeartbeatSeconds", HEARTBEAT)
                    .parameter("WaitSeconds", waitSeconds);
            DISTURBANCES.get(disturbance).accept(workflow);
            var run = workflow.run();

            assertThat(run.simulation().executions()).allSatisfy(execution -> {
                assertThat(execution.historyEvents()).isLessThan(HALF_OF_THE_QUOTA);
                assertThat(execution.stop().orElseThrow()).isBefore(EVENT.plusSeconds(HEARTBEAT + 1));
            });
            assertThat(run.simulation()
                            .executions()
                            .get(run.simulation().executions().size() - 1)
                            .stop()
                            .orElseThrow())
                    .isAfter(EVENT.plusSeconds(DEADLINE - 800));
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /** Half of the looks are throttled, and no try succeeds: taken, throttled or not ready. */
    private static void everyOtherCallFails(Workflow workflow) {
        var random = new Random(1);
        for (var call = 0; call < 10_000; call++) {
            workflow.faults.next("DescribeAddresses", random.nextBoolean() ? THROTTLED : CallFault.NONE);
            workflow.faults.next(
                    "AssociateAddress", List.of(TAKEN, THROTTLED, NOT_READY).get(random.nextInt(3)));
        }
    }
}
