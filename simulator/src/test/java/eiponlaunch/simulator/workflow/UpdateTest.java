package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static eiponlaunch.simulator.workflow.Workflow.INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An update of the stack loses nothing. An execution that runs keeps the definition that it started with, while the functions
 * become new one after the other; and a new definition may for seconds still meet an old function.
 */
class UpdateTest {
    private static final Set<String> ALL_MACHINES = Set.of("StartOnce", "EipOnLaunch", "EipOnTerminate", "Reconcile");

    /** Which state machines and which functions are still the last release's. */
    record Mix(Set<String> machines, Set<String> functions) {
        @Override
        public String toString() {
            return "old definitions " + machines.stream().sorted().toList() + ", old functions "
                    + functions.stream().sorted().toList();
        }
    }

    /** All but the two that are no mix. */
    static Stream<Mix> mixes() {
        return machines()
                .flatMap(machines -> subsets(List.of("FindFreeEip", "AssociateEip", "CompleteLifecycle")).stream()
                        .map(functions -> new Mix(machines, functions)))
                .filter(mix -> !(mix.machines().isEmpty() && mix.functions().isEmpty()))
                .filter(mix -> !mix.equals(LAST_RELEASE));
    }

    private static final Mix LAST_RELEASE =
            new Mix(ALL_MACHINES, Set.of("FindFreeEip", "AssociateEip", "CompleteLifecycle"));

    private static Stream<Set<String>> machines() {
        return Stream.of(
                ALL_MACHINES, Set.of("EipOnLaunch", "EipOnTerminate", "Reconcile"), Set.of("StartOnce"), Set.of());
    }

    private static List<Set<String>> subsets(List<String> all) {
        var subsets = new ArrayList<Set<String>>();
        for (var bits = 0; bits < 1 << all.size(); bits++) {
            var chosen = bits;
            subsets.add(all.stream()
                    .filter(item -> (chosen & 1 << all.indexOf(item)) != 0)
                    .collect(java.util.stream.Collectors.toUnmodifiableSet()));
        }
        return subsets;
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aLaunchGetsItsAddress(Mix mix) {
        var run = run(mix, workflow -> workflow);

        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.result.continued()).isOne();
        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-00000000000000001");
        assertThat(run.attempts("FindFreeEip")).isOne();
        assertThat(run.attempts("AssociateEip")).isOne();
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void manyLaunchesAtOnceQueueAndAllGetTheirAddresses(Mix mix) {
        var run = run(
                mix,
                workflow ->
                        workflow.cloud(CloudSettings.documented()).launches(80).pool(80));

        assertThat(run.result.continued()).isEqualTo(80);
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aLaunchThatFindsThePoolEmptyWaitsForAnAddress(Mix mix) {
        var run = run(mix, UpdateTest::waiting);

        assertThat(run.states()).contains("WaitForFreeEip");
        assertThat(run.result.continued()).isOne();
        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-late");
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aLaunchWhoseAddressWasTakenTakesAnother(Mix mix) {
        var run = run(mix, workflow -> {
            workflow.pool(5).faults.next("AssociateAddress", refused("Resource.AlreadyAssociated", 400));
            workflow.faults.next("AssociateAddress", refused("InvalidAllocationID.NotFound", 400));
            return workflow;
        });

        assertThat(run.attempts("AssociateEip")).isEqualTo(3);
        assertThat(run.result.continued()).isOne();
        assertThat(run.addressOf(INSTANCE)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aLaunchWithoutAnAddressIsAbandonedAtTheDeadline(Mix mix) {
        var run = run(mix, workflow -> workflow.pool(0));

        assertThat(run.execution().error()).contains("NoFreeEip");
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(590.0, 610.0);
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aMalformedEventIsAbandoned(Mix mix) {
        var run = run(mix, workflow -> workflow.file("launch-malformed.json"));

        assertThat(run.execution().error()).contains("eiponlaunch.failure.MalformedEventException");
        assertThat(run.states()).contains("CompleteLifecycleAbandon");
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void aLaunchIntoAWarmPoolAndOneThatHasItsAddressGoOn(Mix mix) {
        assertThat(run(mix, workflow -> workflow.file("launch-into-warm-pool.json"))
                        .result
                        .continued())
                .isOne();

        var held = run(
                mix,
                workflow -> workflow.pool(2)
                        .before(simulation -> simulation
                                .time()
                                .at(
                                        EVENT,
                                        () -> simulation
                                                .ec2()
                                                .associate("eipalloc-00000000000000002", INSTANCE, false))));
        assertThat(held.result.continued()).isOne();
        assertThat(held.calls("AssociateAddress")).isZero();
    }

    /** What the last release outlives, it outlives in the middle of an update as well. */
    @ParameterizedTest
    @MethodSource("faultsOfEachCall")
    void whateverAwsAnswersNothingIsLost(String api, CallFault fault) {
        UnaryOperator<Workflow> oneRefusal = workflow -> {
            workflow.pool(3).faults.next(api, fault);
            return workflow;
        };
        var before = run(LAST_RELEASE, oneRefusal).result.continued();

        for (var mix : List.of(
                new Mix(ALL_MACHINES, Set.of()),
                new Mix(ALL_MACHINES, Set.of("FindFreeEip")),
                new Mix(Set.of(), Set.of("AssociateEip")),
                new Mix(Set.of(), LAST_RELEASE.functions()))) {
            assertThat(run(mix, oneRefusal).result.continued())
                    .as(mix.toString())
                    .isGreaterThanOrEqualTo(before);
        }
    }

    static Stream<Arguments> faultsOfEachCall() {
        return Stream.of("DescribeAddresses", "DescribeInstances", "AssociateAddress", "CompleteLifecycleAction")
                .flatMap(api -> faults().stream().map(fault -> Arguments.of(api, fault)));
    }

    private static List<CallFault> faults() {
        return Stream.concat(
                        Stream.of(CallFault.TIMEOUT_BEFORE_EFFECT, CallFault.TIMEOUT_AFTER_EFFECT),
                        Stream.of(
                                        "RequestLimitExceeded 503",
                                        "InternalError 500",
                                        "AuthFailure 401",
                                        "UnauthorizedOperation 403",
                                        "OperationNotPermitted 400",
                                        "InvalidParameterValue 400",
                                        "InvalidParameterCombination 400",
                                        "IncorrectInstanceState 400",
                                        "InvalidInstanceID.NotFound 400",
                                        "InvalidAllocationID.NotFound 400",
                                        "Resource.AlreadyAssociated 400",
                                        "Gateway.NotAttached 400",
                                        "ResourceContention 500",
                                        "NotInAnyReference 400")
                                .map(text -> text.split(" "))
                                .map(parts -> refused(parts[0], Integer.parseInt(parts[1]))))
                .toList();
    }

    /** The functions change while it waits: what an old function answered, the definition hands to a new one. */
    @ParameterizedTest
    @MethodSource("machinesWithoutMix")
    void aLaunchThatWaitsWhileTheFunctionsChangeGetsItsAddress(Set<String> machines) {
        for (var seconds = 0; seconds < 150; seconds += 10) {
            var change = EVENT.plusSeconds(seconds);
            var update = Update.of(machines, Map.of());
            for (var function : LAST_RELEASE.functions()) {
                update.oldFunction(function, now -> now.isBefore(change));
            }
            var run = waiting(new Workflow()).deployment(update).run();

            assertNothingIsLost(run, update);
            assertThat(run.result.continued()).isOne();
        }
    }

    static Stream<Set<String>> machinesWithoutMix() {
        return machines();
    }

    @ParameterizedTest
    @MethodSource("mixesOfATermination")
    void aTerminationGivesItsAddressBackAndGoesOn(Mix mix) {
        var parameters = Map.of("TerminateHookNames", "disassociate-eip");
        var update = Update.of(mix.machines(), parameters).oldFunctions(mix.functions());
        var run = new Workflow()
                .earlyRelease()
                .file("instance-terminate.json")
                .deployment(update)
                .run();

        assertNothingIsLost(run, update);
        assertThat(run.statesOfEipOnTerminate()).endsWith("TerminationContinued");
        assertThat(run.simulation().ec2().address("eipalloc-00000000000000001").associationId())
                .isNull();
        assertThat(run.calls("DisassociateAddress")).isOne();
    }

    static Stream<Mix> mixesOfATermination() {
        return Stream.of(ALL_MACHINES, Set.<String>of())
                .flatMap(machines -> subsets(List.of("DisassociateEip", "CompleteLifecycle")).stream()
                        .map(functions -> new Mix(machines, functions)))
                .filter(mix -> mix.machines().isEmpty() != mix.functions().isEmpty()
                        || mix.functions().size() == 1);
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void reconcileGivesEveryInstanceItsAddress(Mix mix) {
        var update = Update.of(mix.machines(), Map.of()).oldFunctions(mix.functions());
        var reconcile = new ReconcileRun(3, 3)
                .with(workflow -> workflow.deployment(update))
                .start(ReconcileRun.input(false))
                .run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(update.misunderstood).isEmpty();
    }

    private static Workflow waiting(Workflow workflow) {
        return workflow.pool(0)
                .before(simulation -> simulation
                        .time()
                        .at(
                                EVENT.plusSeconds(100),
                                () -> simulation
                                        .ec2()
                                        .allocate(
                                                "eipalloc-late", "198.18.7.7", Map.of("Application", "ForwardProxy"))));
    }

    private static Workflow.Run run(Mix mix, UnaryOperator<Workflow> scenario) {
        var update = Update.of(mix.machines(), new HashMap<>()).oldFunctions(mix.functions());
        var run = scenario.apply(new Workflow()).deployment(update).run();
        assertNothingIsLost(run, update);
        return run;
    }

    /** The last release abandons at once what is denied, which no rule excuses now. */
    private static void assertNothingIsLost(Workflow.Run run, Update update) {
        assertThat(update.misunderstood).isEmpty();
        assertThat(run.result.lost()).isZero();
        assertThat(run.result.violations().stream().filter(broken -> !broken.contains("was abandoned")))
                .isEmpty();
    }

    private static CallFault refused(String code, int status) {
        return CallFault.refused(code, status, "No.");
    }
}
