package eiponlaunch.simulator.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import asl.definition.Definition;
import asl.execution.Execution;
import asl.execution.HistoryEvent;
import asl.execution.StepFunctions;
import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.Disturbance.Kind;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Each rule alone, told by hand what happens: when it is silent, and when it speaks. */
class RulesTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final String INSTANCE = "i-1";
    private static final String OTHER = "i-2";
    private static final Need NEED = new Need(Map.of("Application", "ForwardProxy"), "us-east-1", "", Set.of());
    private static final LifecycleHold LAUNCH = hold("launch", false, false);
    private static final LifecycleHold INTO_WARM_POOL =
            new LifecycleHold("g", "h", "into", INSTANCE, BEGIN.plusSeconds(720), true, false, false);
    private static final LifecycleHold TERMINATION = hold("termination", true, false);
    private static final LifecycleHold NEW_ROOT_VOLUME = hold("replacement", true, true);

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final Ledger ledger = new Ledger(time);
    private final List<String> spoken = new ArrayList<>();

    @Test
    void aFreeAddressMayBeAssociated() {
        associated(new NoAddressIsTaken(spoken::add), "eipalloc-1", INSTANCE, null, true);

        assertThat(spoken).isEmpty();
    }

    @Test
    void aStrangerMayTakeAnAddress() {
        associated(new NoAddressIsTaken(spoken::add), "eipalloc-1", INSTANCE, OTHER, false);

        assertThat(spoken).isEmpty();
    }

    @Test
    void theWorkflowMayNotTakeAnAddress() {
        associated(new NoAddressIsTaken(spoken::add), "eipalloc-1", INSTANCE, OTHER, true);

        assertThat(spoken).containsExactly("eipalloc-1 was taken from i-2 for i-1");
    }

    @Test
    void theSameAddressMayBeAssociatedAgain() {
        ledger.associated("eipalloc-1", INSTANCE, null, null, true);
        associated(new OneAddressEach(time, ledger, spoken::add), "eipalloc-1", INSTANCE, null, true);

        assertThat(spoken).isEmpty();
    }

    @Test
    void twoRunsOfReconcileMayGiveAnInstanceTwoAddresses() {
        ledger.associated("eipalloc-1", INSTANCE, null, null, true);
        reconcileRuns("one", false);
        reconcileRuns("two", false);
        associated(new OneAddressEach(time, ledger, spoken::add), "eipalloc-2", INSTANCE, null, true);

        assertThat(spoken).isEmpty();
    }

    /** It makes its call at once, and only AssociateEip makes any. */
    @ParameterizedTest
    @CsvSource({"RUN_AGAIN, AssociateEip, 1", "RUN_AGAIN, FindFreeEip, 2", "THROTTLED, AssociateEip, 2"})
    void anAttemptThatLambdaRunsAgainAtOnceMayGiveASecondAddress(Kind kind, String state, int broken) {
        ledger.actionStarted(LAUNCH);
        ledger.associated("eipalloc-1", INSTANCE, null, null, true);
        var rule = new OneAddressEach(time, ledger, spoken::add);
        rule.disturbed(new Disturbance(execution("EipOnLaunch", "launch", true), state, state, kind));
        associated(rule, "eipalloc-2", INSTANCE, null, true);
        after(Duration.ofMillis(1));
        associated(rule, "eipalloc-3", INSTANCE, null, true);

        assertThat(spoken).hasSize(broken);
    }

    @Test
    void aSecondAddressBreaksTheRule() {
        ledger.associated("eipalloc-1", INSTANCE, null, null, true);
        reconcileRuns("one", false);
        reconcileRuns("two", true); // a dry run gives none
        associated(new OneAddressEach(time, ledger, spoken::add), "eipalloc-2", INSTANCE, null, true);

        assertThat(spoken).containsExactly("i-1 had eipalloc-1 and got eipalloc-2 as well");
    }

    @Test
    void aSecondAddressAfterContinueIsCalledThat() {
        var rule = new OneAddressEach(time, ledger, spoken::add);
        ledger.associated("eipalloc-1", INSTANCE, null, null, true);
        rule.actionCompleted(LAUNCH, "CONTINUE");
        associated(rule, "eipalloc-2", INSTANCE, null, true);

        assertThat(spoken).containsExactly("i-1 had eipalloc-1 and got eipalloc-2 after CONTINUE");
    }

    @Test
    void anAddressMayComeAMomentBeforeTheDeadline() {
        ledger.actionStarted(LAUNCH);
        after(Duration.ofMillis(599_999));
        associated(beforeTheDeadline(), "eipalloc-1", INSTANCE, null, true);

        assertThat(spoken).isEmpty();
    }

    @Test
    void anAddressThatComesAtTheDeadlineBreaksTheRule() {
        ledger.actionStarted(LAUNCH);
        after(Duration.ofSeconds(600));
        associated(beforeTheDeadline(), "eipalloc-1", INSTANCE, null, true);

        assertThat(spoken).containsExactly("i-1 got eipalloc-1 after its deadline");
    }

    @Test
    void reconcileMayGiveAnAddressToAnInstanceInServiceAndToNoneThatLaunches() {
        reconcileRuns("one", false);
        associated(beforeTheDeadline(), "eipalloc-1", INSTANCE, null, true);
        assertThat(spoken).isEmpty();

        ledger.actionStarted(LAUNCH);
        after(Duration.ofSeconds(600));
        associated(beforeTheDeadline(), "eipalloc-1", INSTANCE, null, true);
        assertThat(spoken).hasSize(1);
    }

    private BeforeTheDeadline beforeTheDeadline() {
        return new BeforeTheDeadline(time, ledger, hold -> BEGIN.plusSeconds(600), spoken::add);
    }

    @Test
    void anAddressOfItsPoolIsFine() {
        ledger.actionStarted(LAUNCH);
        ledger.allocated(address("eipalloc-1", "ForwardProxy", "us-east-1"));
        associated(onlyFromItsPool(), "eipalloc-1", INSTANCE, null, true);

        assertThat(spoken).isEmpty();
    }

    @Test
    void anAddressOfAnotherPoolOrBorderGroupBreaksTheRule() {
        ledger.actionStarted(LAUNCH);
        ledger.allocated(address("eipalloc-1", "Mail", "us-east-1"));
        ledger.allocated(address("eipalloc-2", "ForwardProxy", "us-east-1-bos-1"));
        associated(onlyFromItsPool(), "eipalloc-1", INSTANCE, null, true);
        associated(onlyFromItsPool(), "eipalloc-2", INSTANCE, null, true);

        assertThat(spoken)
                .containsExactly(
                        "i-1 got eipalloc-1, which is not of its pool and network border group",
                        "i-1 got eipalloc-2, which is not of its pool and network border group");
    }

    private OnlyFromItsPool onlyFromItsPool() {
        return new OnlyFromItsPool(ledger, hold -> Optional.of(NEED), spoken::add);
    }

    @Test
    void anInstanceGetsNoAddressOnItsWayIntoTheWarmPoolAndInItButWhenItLeaves() {
        var rule = new NoAddressInTheWarmPool(spoken::add);
        rule.actionStarted(INTO_WARM_POOL);
        associated(rule, "eipalloc-1", INSTANCE, null, true);
        rule.enteredWarmPool(OTHER);
        associated(rule, "eipalloc-2", OTHER, null, true);
        associated(rule, "eipalloc-3", OTHER, null, false); // by hand
        rule.actionStarted(LAUNCH);
        associated(rule, "eipalloc-4", INSTANCE, null, true);

        assertThat(spoken)
                .containsExactly("i-1 got eipalloc-1 in its warm pool", "i-2 got eipalloc-2 in its warm pool");
    }

    @Test
    void aTerminatingInstanceMayGiveItsAddressBack() {
        var rule = new OnlyTheTerminatingGiveBack(ledger, spoken::add);
        ledger.actionStarted(TERMINATION);
        rule.disassociated("eipalloc-1", INSTANCE, true);
        rule.disassociated("eipalloc-2", OTHER, false); // a stranger's doing

        assertThat(spoken).isEmpty();
    }

    @Test
    void anInstanceThatStaysInServiceOrLaunchesAgainMayNot() {
        var rule = new OnlyTheTerminatingGiveBack(ledger, spoken::add);
        ledger.actionStarted(NEW_ROOT_VOLUME);
        rule.disassociated("eipalloc-1", INSTANCE, true);
        ledger.actionStarted(TERMINATION);
        ledger.actionStarted(LAUNCH); // out of the warm pool
        rule.disassociated("eipalloc-2", INSTANCE, true);

        assertThat(spoken)
                .containsExactly(
                        "eipalloc-1 was disassociated from i-1, which does not terminate",
                        "eipalloc-2 was disassociated from i-1, which does not terminate");
    }

    @Test
    void anActionMayBeCompletedOnceAndNotTwice() {
        var rule = new CompletedOnce(ledger, spoken::add);
        rule.actionCompleted(LAUNCH, "CONTINUE");
        assertThat(spoken).isEmpty();

        ledger.actionCompleted(LAUNCH, "CONTINUE");
        rule.actionCompleted(LAUNCH, "ABANDON");
        assertThat(spoken).containsExactly("the action of i-1 was completed twice");
    }

    @Test
    void aTerminationContinuesAndALaunchMayBeAbandoned() {
        var rule = new TerminationsContinue(spoken::add);
        rule.actionCompleted(TERMINATION, "CONTINUE");
        rule.actionCompleted(LAUNCH, "ABANDON");
        assertThat(spoken).isEmpty();

        rule.actionCompleted(TERMINATION, "ABANDON");
        assertThat(spoken).containsExactly("i-1 terminated with ABANDON");
    }

    @Test
    void anExecutionMayEndWhenItsActionHasEndedOrAnotherOneGoesOnOrAwsRefused() {
        ledger.actionStarted(LAUNCH);
        var handedOn = noExecutionLeavesItsActionWaiting(false);
        handedOn.onEvent(execution("EipOnLaunch", "launch", true), null);
        handedOn.onEvent(execution("StartOnce", "launch", false), null);
        noExecutionLeavesItsActionWaiting(true).onEvent(execution("EipOnLaunch", "launch", false), null);
        ledger.actionCompleted(LAUNCH, "CONTINUE");
        noExecutionLeavesItsActionWaiting(false).onEvent(execution("EipOnLaunch", "launch", false), null);

        assertThat(spoken).isEmpty();
    }

    @Test
    void anExecutionThatLeavesItsActionWaitingBreaksTheRule() {
        ledger.actionStarted(LAUNCH);
        noExecutionLeavesItsActionWaiting(false).onEvent(execution("EipOnLaunch", "launch", false), null);
        noExecutionLeavesItsActionWaiting(false).onEvent(execution("StartOnce", "launch", false), null);

        assertThat(spoken).hasSize(2).allMatch(line -> line.endsWith("ended and left i-1 waiting"));
    }

    private NoExecutionLeavesItsActionWaiting noExecutionLeavesItsActionWaiting(boolean excused) {
        return new NoExecutionLeavesItsActionWaiting(ledger, token -> excused, spoken::add);
    }

    @Test
    void anExecutionMayEndAtTheEndOfTheHeartbeatOrSoonAfterALateStart() {
        ledger.actionStarted(LAUNCH);
        var early = execution("EipOnLaunch", "launch", false);
        after(Duration.ofSeconds(720));
        withinTheHeartbeat(false).onEvent(early, ended());
        var late = execution("EipOnLaunch", "launch", false);
        after(Duration.ofSeconds(840));
        withinTheHeartbeat(false).onEvent(late, ended());
        after(Duration.ofSeconds(841));
        withinTheHeartbeat(true).onEvent(late, ended());

        assertThat(spoken).isEmpty();
    }

    @Test
    void anExecutionThatGoesOnAfterTheHeartbeatBreaksTheRule() {
        ledger.actionStarted(LAUNCH);
        var execution = execution("EipOnLaunch", "launch", false);
        after(Duration.ofMillis(720_001));
        withinTheHeartbeat(false).onEvent(execution, ended());

        assertThat(spoken).singleElement().asString().endsWith("went on after the heartbeat of i-1");
    }

    @Test
    void anExecutionMayGoOnForAsLongAsARecordedHeartbeatLasts() {
        ledger.actionStarted(TERMINATION);
        ledger.heartbeatRecorded(TERMINATION, BEGIN.plusSeconds(1000));
        var execution = execution("EipOnTerminate", "termination", false);
        after(Duration.ofSeconds(1000));
        withinTheHeartbeat(false).onEvent(execution, ended());
        assertThat(spoken).isEmpty();

        after(Duration.ofMillis(1_000_001));
        withinTheHeartbeat(false).onEvent(execution, ended());
        assertThat(spoken).singleElement().asString().endsWith("went on after the heartbeat of i-1");
    }

    /** FindFreeEip's Retry may have begun just before. */
    @ParameterizedTest
    @CsvSource({
        "TaskFailed, FindFreeEip, Lambda.TooManyRequestsException, 710, 736, 0",
        "TaskFailed, FindFreeEip, Lambda.TooManyRequestsException, 710, 737, 1",
        "TaskFailed, FindFreeEip, Lambda.TooManyRequestsException, 830, 856, 0",
        "TaskFailed, FindFreeEip, Lambda.TooManyRequestsException, 831, 832, 1",
        "TaskFailed, FindFreeEip, Lambda.TooManyRequestsException, 704, 721, 1",
        "TaskFailed, FindFreeEip, Lambda.ServiceException, 710, 721, 1",
        "TaskFailed, AssociateEip, Lambda.TooManyRequestsException, 710, 721, 1",
        "TaskTimedOut, FindFreeEip, Lambda.TooManyRequestsException, 710, 721, 1"
    })
    void anExecutionWhoseLookLambdaThrottlesAsTheHeartbeatEndsMayOutliveIt(
            String type, String state, String error, long throttled, long seconds, int broken) {
        ledger.actionStarted(LAUNCH);
        var rule = withinTheHeartbeat(false);
        var execution = execution("EipOnLaunch", "launch", false);
        rule.onEvent(execution, new HistoryEvent(7, BEGIN.plusSeconds(throttled), type, state, Map.of("error", error)));
        after(Duration.ofSeconds(seconds));
        rule.onEvent(execution, ended());

        assertThat(spoken).hasSize(broken);
    }

    private HistoryEvent ended() {
        return new HistoryEvent(8, time.now(), "ExecutionSucceeded", null, Map.of());
    }

    private WithinTheHeartbeat withinTheHeartbeat(boolean excused) {
        return new WithinTheHeartbeat(time, ledger, token -> excused, spoken::add);
    }

    @Test
    void anActionThatStillWaitsAtTheEndBreaksTheRule() {
        var rule = new EveryActionEnds(ledger, spoken::add);
        ledger.actionStarted(LAUNCH);
        rule.atEnd();
        assertThat(spoken).containsExactly("i-1 still waits");

        ledger.actionExpired(LAUNCH);
        rule.atEnd();
        assertThat(spoken).hasSize(1);
    }

    @Test
    void anInstanceWithoutAnAddressThatReconcileMayNotHaveSeenIsNoMatter() {
        var rule = nobodyLeftOutByReconcile();
        rule.instanceChanged(member("with", InstanceStateName.RUNNING));
        ledger.associated("eipalloc-1", "with", null, null, true);
        rule.instanceChanged(member("of another group", "h", InstanceStateName.RUNNING));
        rule.instanceChanged(member("that ended", InstanceStateName.RUNNING));
        rule.instanceChanged(member("that ended", InstanceStateName.SHUTTING_DOWN));
        rule.instanceChanged(member("robbed", InstanceStateName.RUNNING));
        rule.instanceChanged(member("stolen from", InstanceStateName.RUNNING));
        rule.instanceChanged(member(INSTANCE, InstanceStateName.PENDING));
        rule.actionStarted(LAUNCH);
        rule.instanceChanged(member(INSTANCE, InstanceStateName.RUNNING));
        after(Duration.ofSeconds(50));
        rule.instanceChanged(member("new", InstanceStateName.RUNNING));
        rule.disassociated("eipalloc-2", "robbed", false);
        rule.associated("eipalloc-3", "a stranger's", "stolen from", null, false);
        after(Duration.ofSeconds(59));
        rule.onEvent(start("Reconcile", false, Map.of("autoScalingGroupName", "g"), "one"), null);

        assertThat(spoken).isEmpty();
    }

    @Test
    void anInstanceInServiceThatIsWithoutAnAddressWhenReconcileSucceedsBreaksTheRule() {
        var rule = nobodyLeftOutByReconcile();
        rule.instanceChanged(member(OTHER, InstanceStateName.RUNNING));
        rule.disassociated("eipalloc-1", OTHER, false);
        rule.instanceChanged(member(INSTANCE, InstanceStateName.PENDING));
        rule.actionStarted(LAUNCH);
        rule.instanceChanged(member(INSTANCE, InstanceStateName.RUNNING));
        rule.actionCompleted(LAUNCH, "CONTINUE");
        after(Duration.ofSeconds(60));
        rule.onEvent(start("Reconcile", false, Map.of("autoScalingGroupName", "g", "dryRun", true), "dry"), null);
        rule.onEvent(start("Reconcile", true, Map.of("autoScalingGroupName", "g"), "running"), null);
        assertThat(spoken).isEmpty();

        rule.onEvent(start("Reconcile", false, Map.of("autoScalingGroupNames", List.of("f", "g")), "one"), null);
        assertThat(spoken)
                .containsExactlyInAnyOrder(
                        "i-1 is in service without an address, and Reconcile succeeded",
                        "i-2 is in service without an address, and Reconcile succeeded");
    }

    /** A launch hook and a terminating hook hold an instance that somebody terminates while it launches. */
    @Test
    void anInstanceWhoseTerminationBeganBeforeItsLaunchWasContinuedIsNotInService() {
        var rule = nobodyLeftOutByReconcile();
        rule.instanceChanged(member(INSTANCE, InstanceStateName.PENDING));
        rule.actionStarted(LAUNCH);
        rule.instanceChanged(member(INSTANCE, InstanceStateName.RUNNING));
        rule.actionStarted(TERMINATION);
        ledger.actionStarted(TERMINATION);
        rule.actionCompleted(LAUNCH, "CONTINUE");
        after(Duration.ofSeconds(60));
        rule.onEvent(start("Reconcile", false, Map.of("autoScalingGroupName", "g"), "one"), null);

        assertThat(spoken).isEmpty();
    }

    /** A warm pool may keep it running. */
    @Test
    void anInstanceThatWentBackIntoItsWarmPoolIsNotInService() {
        var rule = nobodyLeftOutByReconcile();
        rule.instanceChanged(member(INSTANCE, InstanceStateName.RUNNING));
        rule.enteredWarmPool(INSTANCE);
        after(Duration.ofSeconds(60));
        rule.onEvent(start("Reconcile", false, Map.of("autoScalingGroupName", "g"), "one"), null);

        assertThat(spoken).isEmpty();
    }

    private NobodyLeftOutByReconcile nobodyLeftOutByReconcile() {
        return new NobodyLeftOutByReconcile(time, ledger, Duration.ofSeconds(10), spoken::add);
    }

    private static Instance member(String instanceId, InstanceStateName state) {
        return member(instanceId, "g", state);
    }

    private static Instance member(String instanceId, String group, InstanceStateName state) {
        return Instance.builder()
                .instanceId(instanceId)
                .state(s -> s.name(state))
                .tags(Tag.builder()
                        .key("aws:autoscaling:groupName")
                        .value(group)
                        .build())
                .build();
    }

    private void associated(Rule rule, String allocationId, String instanceId, String takenFrom, boolean byWorkflow) {
        rule.associated(allocationId, instanceId, takenFrom, null, byWorkflow);
    }

    private static LifecycleHold hold(String token, boolean terminating, boolean staysInService) {
        return new LifecycleHold("g", "h", token, INSTANCE, BEGIN.plusSeconds(720), false, terminating, staysInService);
    }

    private static Address address(String allocationId, String application, String borderGroup) {
        return Address.builder()
                .allocationId(allocationId)
                .networkBorderGroup(borderGroup)
                .tags(Tag.builder().key("Application").value(application).build())
                .build();
    }

    private void reconcileRuns(String name, boolean dryRun) {
        ledger.onEvent(start("Reconcile", true, Map.of("dryRun", dryRun), name), null);
    }

    private Execution execution(String stateMachine, String token, boolean running) {
        return start(stateMachine, running, Map.of("detail", Map.of("LifecycleActionToken", token)), "e");
    }

    /** One that runs for a day, or one that has succeeded at once. */
    private Execution start(String stateMachine, boolean running, Object input, String name) {
        var own = new VirtualTime(time.now());
        var stepFunctions = new StepFunctions(own, new Seed(1), () -> Duration.ZERO, Map.of());
        var arn = stepFunctions.createStateMachine(
                stateMachine,
                Definition.parse("{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"S\", \"States\": {\"S\": "
                        + (running
                                ? "{\"Type\": \"Wait\", \"Seconds\": 86400, \"End\": true}"
                                : "{\"Type\": \"Succeed\"}")
                        + "}}"));
        var execution = stepFunctions.startExecution(arn, name, input);
        while (!running && execution.isRunning()) {
            own.runNext();
        }
        return execution;
    }

    private void after(Duration sinceBegin) {
        time.at(BEGIN.plus(sinceBegin), () -> {});
        time.runUntilIdle();
    }
}
