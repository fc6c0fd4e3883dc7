package eiponlaunch.simulator.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import asl.definition.Definition;
import asl.execution.Execution;
import asl.execution.HistoryEvent;
import asl.execution.StepFunctions;
import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.Disturbance.Kind;
import eiponlaunch.simulator.world.api.Rate;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The judge alone, told by hand what happens to one launch: when it is silent, and when it speaks. */
class LivenessTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final String TOKEN = "87654321-4321-4321-4321-210987654321";
    private static final String INSTANCE = "i-0123456789abcdef0";
    private static final Map<String, String> POOL = Map.of("Application", "ForwardProxy");
    private static final Promises PROMISES = Promises.under(
            CloudSettings.documented(),
            new Rate(50, 5),
            Duration.ofSeconds(600),
            Duration.ofSeconds(720),
            Duration.ofSeconds(30));

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final Invariants judges = judges(PROMISES);
    private final LifecycleHold hold =
            new LifecycleHold("g", "h", TOKEN, INSTANCE, BEGIN.plusSeconds(720), false, false, false);
    private final StepFunctions stepFunctions = new StepFunctions(time, new Seed(1), () -> Duration.ZERO, Map.of());
    private Execution execution;

    @BeforeEach
    void anAddressIsFreeAndALaunchBegins() {
        judges.allocated(address("eipalloc-1"));
        state(InstanceStateName.RUNNING);
        judges.actionStarted(hold);
        stepFunctions.addListener(judges);
        stepFunctions.createStateMachine("EipOnLaunch", Definition.parse("""
                        {"StartAt": "Wait", "QueryLanguage": "JSONata", "States": {"Wait": {"Type": "Wait", "Seconds": 9999, "End": true}}}"""));
        execution = start(TOKEN);
    }

    private Invariants judges(Promises promises) {
        return new Invariants(
                time,
                hold -> BEGIN.plusSeconds(600),
                hold -> Optional.of(new Need(POOL, "us-east-1", "", Set.of())),
                Optional.of(promises));
    }

    private Execution start(String token) {
        return stepFunctions.startExecution(
                StepFunctions.stateMachineArn("EipOnLaunch"),
                "e-" + token,
                Map.of("detail", Map.of("LifecycleActionToken", token)));
    }

    @Test
    void aLaunchThatGoesOnSoonWithItsAddressIsFine() {
        after(5);
        judges.associated("eipalloc-1", INSTANCE, null, null, true);
        judges.actionCompleted(hold, "CONTINUE");

        assertThat(judges.violations()).isEmpty();
    }

    @Test
    void aLaunchThatGoesOnLateForNoReasonBreaksTheRule() {
        after(13);
        judges.associated("eipalloc-1", INSTANCE, null, null, true);
        judges.actionCompleted(hold, "CONTINUE");

        assertThat(judges.violations()).singleElement().asString().contains("after 13.0 s", "explains 12.0 s");
    }

    @Test
    void aFaultOfItsOwnExplainsTheSecondsThatItCosts() {
        disturb("AssociateEip", "AssociateAddress", Kind.NO_ANSWER);
        after(13);
        judges.associated("eipalloc-1", INSTANCE, null, null, true);
        judges.actionCompleted(hold, "CONTINUE");

        assertThat(judges.violations()).isEmpty();
    }

    /** Twelve seconds for a launch that nothing disturbs, six for the call, one for its pause, and 17 for WaitForEffect. */
    @Test
    void anAddressThatIsLostAfterALostAnswerExplainsTheWaitForItsEffect() {
        attempt();
        disturb("AssociateEip", "AssociateAddress", Kind.NO_ANSWER);
        attempt();
        tried("Released");
        waitsForEffect();
        waitsForEffect();

        assertThat(explainedAfter(100)).isEqualTo(12 + 6 + 1 + 17);
    }

    /** Step Functions tells only that there were attempts before, and not how they failed. */
    @Test
    void anAddressThatIsLostAfterAnInstanceWasNotReadyExplainsThatWaitToo() {
        attempt();
        attempt();
        tried("Taken");
        waitsForEffect();
        attempt();
        tried("Taken");
        waitsForEffect();

        assertThat(explainedAfter(100)).isEqualTo(12 + 17);
    }

    /** Each visit of the state had one attempt: the first was throttled, and no answer was lost. */
    @Test
    void anAddressThatIsLostAfterAThrottledTryExplainsNoWait() {
        visit();
        attempt();
        disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);
        visit();
        attempt();
        tried("Taken");
        waitsForEffect();

        assertThat(explainedAfter(100)).isLessThan(12 + 17);
    }

    /** Whether another address is found after it, or the same one is tried again and is taken. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatIsLostBeforeAThrottledTryIsNotForgotten(boolean triedAgain) {
        visit();
        attempt();
        disturb("AssociateEip", "AssociateAddress", Kind.NO_ANSWER);
        attempt();
        disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);
        if (triedAgain) {
            visit();
            attempt();
            tried("Taken");
        }
        waitsForEffect();

        assertThat(explainedAfter(100)).isGreaterThan(12 + 6 + 1 + 17);
    }

    @Test
    void anAddressThatIsLostAtOnceExplainsNothing() {
        attempt();
        tried("Released");
        waitsForEffect();

        assertThat(explainedAfter(100)).isEqualTo(12);
    }

    @Test
    void anAssociationAfterALostAnswerExplainsNoWait() {
        attempt();
        disturb("AssociateEip", "AssociateAddress", Kind.NO_ANSWER);
        attempt();
        tried("Associated");

        assertThat(explainedAfter(100)).isEqualTo(12 + 6 + 1);
    }

    /** Twelve seconds for a launch that nothing disturbs, 2.5 for the call, its pause, and 15 until the next look. */
    @Test
    void aLookThatAutoScalingThrottlesExplainsTheWaitUntilTheNextOne() {
        disturb("FindFreeEip", "DescribeAutoScalingGroups", Kind.THROTTLED);

        assertThat(explainedAfter(100)).isEqualTo(12 + 2.5 + 15);
    }

    @Test
    void aLookThatAutoScalingThrottlesLateExplainsAsLongAsTheLaunchHasLasted() {
        disturb("FindFreeEip", "DescribeAutoScalingGroups", Kind.THROTTLED);
        after(30);
        disturb("FindFreeEip", "DescribeAutoScalingGroups", Kind.THROTTLED);

        assertThat(explainedAfter(200)).isEqualTo(12 + 2.5 + 15 + 1.5 + 30);
    }

    @Test
    void looksInARowThatEc2ThrottlesExplainMoreEachTime() {
        for (var looks = 0; looks < 4; looks++) {
            disturb("FindFreeEip", "DescribeAddresses", Kind.THROTTLED);
        }

        assertThat(explainedAfter(300)).isEqualTo(12 + 1 + 4 * 1.5 + 28 + 40 + 59 + 59);
    }

    /** A fifteenth of it, once a look was throttled as well: WaitForTurn waits longer the longer a storm lasts. */
    @Test
    void aThrottledTryExplainsAPartOfTheTimeSoFarInAStormAlone() {
        after(300);
        disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);
        disturb("FindFreeEip", "DescribeAddresses", Kind.THROTTLED);
        disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);

        assertThat(explainedAfter(400)).isEqualTo(12 + 2.5 + 2.5 + 28 + 1.5 + 20 + 2 * 0.2);
    }

    /** Each attempt comes five seconds after the one before, and the third one no later. */
    @Test
    void anInstanceThatEc2DoesNotKnowExplainsSevenSecondsForEachTry() {
        for (var tries = 0; tries < 3; tries++) {
            attempt();
            disturb("AssociateEip", "AssociateAddress", Kind.INSTANCE_UNKNOWN);
        }

        assertThat(explainedAfter(100)).isEqualTo(12 + 3 * 7);
    }

    @ParameterizedTest
    @CsvSource({"Found, true, 12", "PoolEmpty, true, 12", "NotShown, true, 22", "NotShown, false, 12"})
    void aLookWithoutTheInstanceExplainsAWaitOnlyWhereTheLaunchWaitsForItToBeShown(
            String outcome, boolean leftOut, double explained) {
        look();
        if (leftOut) {
            disturb("FindFreeEip", "DescribeInstances", Kind.INSTANCE_LEFT_OUT);
        }
        succeeded("FindFreeEip", outcome);

        assertThat(explainedAfter(100)).isEqualTo(explained);
    }

    /** The second look had the instance. */
    @Test
    void anInstanceThatOneLookLeftOutExplainsNoWaitAfterTheNext() {
        look();
        disturb("FindFreeEip", "DescribeInstances", Kind.INSTANCE_LEFT_OUT);
        succeeded("FindFreeEip", "NotShown");
        look();
        succeeded("FindFreeEip", "NotShown");

        assertThat(explainedAfter(100)).isEqualTo(12 + 10);
    }

    @Test
    void theJudgeSpreadsLooksAsTheDefinitionDoes() throws IOException {
        assertThat(ProjectFiles.find().read("statemachine/eip-on-launch.asl.json"))
                .contains(
                        "$throttledInARow > 0 ? 25 * $power(1.5, $min([$throttledInARow, 3]) - 1) : $found.secondsUntilTurn - 3",
                        "3 + $floor($random() * $within)",
                        "$min([40, $throttledLooks > 0 ? $max([$throttledTries,");
    }

    private double explainedAfter(int seconds) {
        after(seconds);
        judges.associated("eipalloc-1", INSTANCE, null, null, true);
        judges.actionCompleted(hold, "CONTINUE");
        assertThat(judges.violations()).hasSize(1);
        return Double.parseDouble(
                judges.violations().get(0).replaceAll(".* went wrong for it explains ([0-9.]+) s.*", "$1"));
    }

    @Test
    void goingOnWithoutAnAddressBreaksTheRule() {
        judges.actionCompleted(hold, "CONTINUE");

        assertThat(judges.violations()).singleElement().asString().contains("without an address");
    }

    @Test
    void anAddressThatAStrangerJustTookIsAReasonToGoOnWithout() {
        judges.associated("eipalloc-1", INSTANCE, null, null, true);
        judges.associated("eipalloc-1", "i-1", INSTANCE, null, false);
        judges.actionCompleted(hold, "CONTINUE");

        assertThat(judges.violations()).isEmpty();
    }

    @Test
    void anAddressThatAStrangerTookLongAgoIsNone() {
        judges.associated("eipalloc-1", INSTANCE, null, null, true);
        judges.associated("eipalloc-1", "i-1", INSTANCE, null, false);
        after(60);
        judges.actionCompleted(hold, "CONTINUE");

        assertThat(judges.violations()).anyMatch(violation -> violation.contains("without an address"));
    }

    /** Where reads are up to 15 seconds old, the last look may have shown the address for 14 seconds more. */
    @ParameterizedTest
    @CsvSource({"1, 12, 0", "1, 13, 1", "15, 26, 0", "15, 27, 1"})
    void whatTheLastLookMayNotHaveShownIsAReasonToGoOnWithoutAnAddress(int staleness, long seconds, int broken) {
        var cloud = CloudSettings.documented().withStaleness(Duration.ofSeconds(staleness));
        var rules = judges(Promises.under(
                cloud, new Rate(50, 5), Duration.ofSeconds(600), Duration.ofSeconds(720), Duration.ofSeconds(30)));
        rules.instanceChanged(Instance.builder()
                .instanceId(INSTANCE)
                .state(s -> s.name(InstanceStateName.RUNNING))
                .build());
        rules.allocated(address("eipalloc-1"));
        rules.actionStarted(hold);
        rules.associated("eipalloc-1", INSTANCE, null, null, true);
        rules.associated("eipalloc-1", "i-1", INSTANCE, null, false);
        after(seconds);
        rules.actionCompleted(hold, "CONTINUE");

        assertThat(rules.violations().stream().filter(violation -> violation.contains("without an address")))
                .hasSize(broken);
    }

    @Test
    void anAbandonedLaunchWithoutAReasonBreaksTheRule() {
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).singleElement().asString().contains("was abandoned");
        assertThat(judges.abandonedByCause()).containsOnly(Map.entry(Cause.UNEXPLAINED, 1));
    }

    /** A new permission takes time to reach every endpoint, and whoever is denied tries again for two minutes. */
    @ParameterizedTest
    @CsvSource({"100, 1", "120, 0"})
    void onlyADenialThatLastsIsAReasonToAbandon(long seconds, int broken) {
        disturb("StartOnce", "StartExecution", Kind.DENIED);
        after(seconds);
        disturb("StartOnce", "StartExecution", Kind.DENIED);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).hasSize(broken);
    }

    /** A role may get one permission after the other, and its state is tried again for two minutes in all. */
    @ParameterizedTest
    @CsvSource({"FindFreeEip, 0", "AssociateEip, 1"})
    void denialsOfOneStateLastTogether(String secondState, int broken) {
        disturb("FindFreeEip", "DescribeAddresses", Kind.DENIED);
        after(120);
        disturb(secondState, "DescribeInstances", Kind.DENIED);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).hasSize(broken);
    }

    /** After three quarters of the heartbeat there may be no time for two minutes. */
    @ParameterizedTest
    @CsvSource({"500, 1", "560, 0"})
    void aDenialNearTheEndOfTheHeartbeatIsAReasonToAbandon(long seconds, int broken) {
        after(seconds);
        disturb("StartOnce", "StartExecution", Kind.DENIED);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).hasSize(broken);
    }

    @Test
    void oneFaultThatPassesIsNoReasonToAbandon() {
        disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).isNotEmpty();
    }

    @Test
    void anEmptyPoolIsAReasonToAbandonAtTheDeadlineButNotBefore() {
        judges.associated("eipalloc-1", "i-1", null, null, false);
        after(300);
        judges.actionCompleted(hold, "ABANDON");
        assertThat(judges.violations()).hasSize(1);
    }

    /** The second launch's look may show what was true a second ago; the next one comes half a minute later. */
    @ParameterizedTest
    @CsvSource({"52, 0", "50, 1"})
    void aPoolThatWasEmptyJustBeforeTheLaunchExplainsALook(long untilSecond, int broken) {
        judges.associated("eipalloc-1", INSTANCE, null, null, true);
        after(untilSecond);
        judges.disassociated("eipalloc-1", INSTANCE, true);
        judges.actionCompleted(hold, "ABANDON");
        after(52);
        var token = "12345678-4321-4321-4321-210987654321";
        var second = new LifecycleHold("g", "h", token, "i-2", BEGIN.plusSeconds(772), false, false, false);
        judges.instanceChanged(Instance.builder()
                .instanceId("i-2")
                .state(s -> s.name(InstanceStateName.RUNNING))
                .build());
        judges.actionStarted(second);
        start(token);
        var before = judges.violations().size();
        after(52 + 40);
        judges.associated("eipalloc-1", "i-2", null, null, true);
        judges.actionCompleted(second, "CONTINUE");

        assertThat(judges.violations()).hasSize(before + broken);
    }

    /** No turn may be left then. */
    @ParameterizedTest
    @CsvSource({"true, 578, 0", "true, 577, 1", "false, 588, 0", "false, 587, 1"})
    void whoIsThrottledMayBeAbandonedSomewhatSooner(boolean throttled, long seconds, int broken) {
        judges.associated("eipalloc-1", "i-1", null, null, false);
        if (throttled) {
            disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);
        }
        after(seconds);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).hasSize(broken);
    }

    @Test
    void anEmptyPoolIsAReasonToAbandonAtTheDeadline() {
        judges.associated("eipalloc-1", "i-1", null, null, false);
        after(598);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).isEmpty();
        assertThat(judges.abandonedByCause()).containsOnly(Map.entry(Cause.NO_FREE_ADDRESS, 1));
    }

    @Test
    void anAddressThatWasFreeAllTheTimeIsNoReasonToAbandonAtTheDeadline() {
        after(598);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).hasSize(1);
    }

    @Test
    void aTerminatedInstanceIsAReasonToAbandon() {
        state(InstanceStateName.SHUTTING_DOWN);
        judges.actionCompleted(hold, "ABANDON");

        assertThat(judges.violations()).isEmpty();
        assertThat(judges.abandonedByCause()).containsOnly(Map.entry(Cause.INSTANCE_TERMINATED, 1));
    }

    /** What it meets then ends it, and keeps no CONTINUE waiting. */
    @ParameterizedTest
    @CsvSource({"12, 0", "30, 1"})
    void aLaunchWhoseInstanceTerminatesGoesOnInTimeAsWell(long seconds, int broken) {
        judges.actionStarted(new LifecycleHold(
                "g",
                "t",
                "12345678-4321-4321-4321-210987654321",
                INSTANCE,
                BEGIN.plusSeconds(300),
                false,
                true,
                false));
        after(seconds);
        judges.actionCompleted(hold, "CONTINUE");

        assertThat(judges.violations()).hasSize(broken);
    }

    @Test
    void aLaunchThatNobodyCompletedIsLost() {
        after(720);
        judges.actionExpired(hold);

        assertThat(judges.violations()).singleElement().asString().contains("was lost");
        assertThat(judges.lostByCause()).containsOnly(Map.entry(Cause.UNEXPLAINED, 1));
    }

    @Test
    void aPermissionThatIsMissingToCompleteIsAReasonForALostLaunch() {
        disturb("CompleteLifecycleContinue", "CompleteLifecycleAction", Kind.DENIED);
        after(120);
        disturb("CompleteLifecycleContinue", "CompleteLifecycleAction", Kind.DENIED);
        after(720);
        judges.actionExpired(hold);

        assertThat(judges.violations()).isEmpty();
    }

    @Test
    void aPermissionThatIsMissingToAssociateIsNone() {
        disturb("AssociateEip", "AssociateAddress", Kind.DENIED);
        after(720);
        judges.actionExpired(hold);

        assertThat(judges.violations()).hasSize(1);
    }

    /** Its first heartbeat ends after 300 seconds, and what went wrong explains as many; the recorded one ends after 500. */
    @ParameterizedTest
    @CsvSource({"300, 0", "500, 1"})
    void aTerminationThatWaitsMustBeExplainedUntilItsRecordedHeartbeatEnds(long seconds, int broken) {
        var termination = terminates();
        for (var tries = 0; tries < 7; tries++) {
            event("TaskScheduled", "CompleteLifecycleContinue", Map.of());
            disturb("CompleteLifecycleContinue", "CompleteLifecycleAction", Kind.THROTTLED);
        }
        if (seconds > 300) {
            judges.heartbeatRecorded(termination, BEGIN.plusSeconds(seconds));
        }
        after(seconds);
        judges.actionExpired(termination);

        assertThat(judges.violations()).hasSize(broken);
    }

    @Test
    void aRecordedHeartbeatThatEndsEarlyIsNotTheWorkflowsFault() {
        var termination = terminates();
        judges.heartbeatRecorded(termination, BEGIN.plusSeconds(500));
        after(400);
        judges.actionExpired(termination);

        assertThat(judges.violations()).isEmpty();
    }

    /** Its execution is the one that is there. */
    private LifecycleHold terminates() {
        var termination = new LifecycleHold("g", "t", TOKEN, INSTANCE, BEGIN.plusSeconds(300), false, true, false);
        judges.actionStarted(termination);
        judges.onEvent(execution, new HistoryEvent(1, time.now(), "ExecutionStarted", null, Map.of()));
        return termination;
    }

    @Test
    void anAddressOfAnotherPoolBreaksTheRule() {
        judges.allocated(Address.builder().allocationId("eipalloc-2").build());
        judges.associated("eipalloc-2", INSTANCE, null, null, true);

        assertThat(judges.violations()).singleElement().asString().contains("not of its pool");
    }

    private void disturb(String state, String what, Kind kind) {
        judges.disturbed(new Disturbance(execution, state, what, kind));
    }

    /** Ten launches beyond the burst are three seconds of the rate, with what is wasted; the call and its pause are 2.5. */
    @Test
    void aTurnThatIsThrottledBeyondTheBurstComesAgainTenSecondsLater() {
        launches(60);
        disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);

        assertThat(judges.violations()).isEmpty();
        assertThat(explainedAfter(100)).isEqualTo(12 + 2.5 + 3 + 10);
    }

    /** The account's others use its rate up. Those ahead go first again, at five a second. */
    @ParameterizedTest
    @CsvSource({"1, 0.2", "20, 4", "50, 10"})
    void aTurnThatIsThrottledWithinTheBurstComesAgainAfterThoseAhead(int launches, double seconds) {
        launches(launches);
        disturb("AssociateEip", "AssociateAddress", Kind.THROTTLED);

        assertThat(explainedAfter(100)).isEqualTo(12 + 2.5 + seconds);
    }

    /** So many at once, the judged one among them, and an address for each. */
    private void launches(int number) {
        for (var rival = 1; rival < number; rival++) {
            judges.allocated(address("eipalloc-of-" + rival));
            var token = "12345678-4321-4321-4321-" + String.format("%012d", rival);
            judges.actionStarted(
                    new LifecycleHold("g", "h", token, "i-" + rival, BEGIN.plusSeconds(720), false, false, false));
        }
    }

    private static Address address(String allocationId) {
        return Address.builder()
                .allocationId(allocationId)
                .networkBorderGroup("us-east-1")
                .tags(Tag.builder().key("Application").value("ForwardProxy").build())
                .build();
    }

    private void visit() {
        event("TaskStateEntered", "AssociateEip", Map.of());
    }

    private void attempt() {
        event("TaskScheduled", "AssociateEip", Map.of());
    }

    private void tried(String outcome) {
        succeeded("AssociateEip", outcome);
    }

    private void look() {
        event("TaskScheduled", "FindFreeEip", Map.of());
    }

    private void waitsForEffect() {
        event("WaitStateEntered", "WaitForEffect", Map.of());
    }

    private void succeeded(String state, String outcome) {
        event("TaskSucceeded", state, Map.of("output", Map.of("Payload", Map.of("outcome", outcome))));
    }

    private void event(String type, String state, Map<String, ?> details) {
        judges.onEvent(execution, new HistoryEvent(8, time.now(), type, state, details));
    }

    private void state(InstanceStateName name) {
        judges.instanceChanged(
                Instance.builder().instanceId(INSTANCE).state(s -> s.name(name)).build());
    }

    /** Of 59 launches nine are beyond the burst, and each try in vain is one more; each costs 0.3 seconds. */
    @Test
    void triesInVainUseTokensThatALaunchInAStormWaitsFor() {
        launches(59);
        called(ApiCall.Outcome.FAILED, true, 6);
        called(ApiCall.Outcome.FAILED, false, 5);
        called(ApiCall.Outcome.CONFLICT, true, 3);
        called(ApiCall.Outcome.THROTTLED, false, 1);
        called(ApiCall.Outcome.ANSWERED, true, 1);

        assertThat(explainedAfter(100)).isEqualTo(12 + (9 + 9) * 0.3);
    }

    private void called(ApiCall.Outcome outcome, boolean tookToken, int times) {
        for (var call = 0; call < times; call++) {
            judges.called(new ApiCall("AssociateAddress", time.now(), outcome, tookToken, 0, Optional.empty()));
        }
    }

    /** The ten launches beyond the burst get six seconds of the rate; the address that was refused eight, the call and its pause 2.5. */
    @Test
    void whoseAssociationIsDeniedInAStormWaitsForItsTurnOnceMore() {
        launches(60);
        disturb("AssociateEip", "AssociateAddress", Kind.DENIED);

        assertThat(explainedAfter(100)).isEqualTo(12 + 2.5 + 8 + 6);
    }

    private void after(long seconds) {
        time.at(BEGIN.plusSeconds(seconds), () -> {});
        while (time.now().isBefore(BEGIN.plusSeconds(seconds))) {
            time.runNext();
        }
    }
}
