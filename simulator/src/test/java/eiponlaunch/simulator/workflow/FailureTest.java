package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static eiponlaunch.simulator.workflow.Workflow.INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Every way to fail, on the shipped definition. */
class FailureTest {
    private static final CallFault DENIED = CallFault.refused("UnauthorizedOperation", 403, "You are not authorized.");
    private static final CallFault NOT_PERMITTED = CallFault.refused("AccessDenied", 403, "No.");
    private static final CallFault BROKEN = CallFault.refused("InternalError", 500, "An internal error has occurred.");

    private final Workflow workflow = new Workflow();

    @ParameterizedTest
    @CsvSource({
        "AssociateAddress, Gateway.NotAttached, 400, NoInternetGateway",
        "AssociateAddress, IncorrectInstanceState, 400, InstanceGone",
        "DescribeAddresses, InvalidParameterValue, 400, UnexpectedAwsError",
    })
    void whatIsHopelessIsAbandonedAtOnceAndNeverRetried(String api, String code, int status, String error) {
        workflow.faults.every(api, CallFault.refused(code, status, "No, it is terminated."));
        var run = workflow.run();

        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(run.execution().error()).contains("eiponlaunch.failure." + error + "Exception");
        assertThat(run.execution().cause().orElseThrow())
                .contains(INSTANCE)
                .contains(code)
                .contains("ABANDON: Completed");
        assertThat(run.states()).endsWith("CompleteLifecycleAbandon", "LaunchAbandoned");
        assertThat(run.calls(api)).isOne();
        assertThat(run.stoppedAfterSeconds()).isZero();
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    /** AssociateEip may have done its work: one look after the deadline tells. */
    @ParameterizedTest
    @ValueSource(strings = {"FindFreeEip", "AssociateEip"})
    void aFunctionThatNeverAnswersIsTriedUntilTheDeadlineAndThenTheLaunchIsAbandoned(String function) {
        workflow.faults.everyInvocation(function, InvocationFault.CRASH_BEFORE);
        var run = workflow.run();

        assertThat(run.execution().error()).contains("Lambda.Unknown");
        assertThat(run.attempts(function)).isGreaterThan(40);
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(595.0, 640.0);
        assertThat(run.result.violations()).isEmpty();
    }

    /** What it planned before, and the rate that it would measure, are of a time in which nothing happened. */
    @Test
    void aLaunchThatWasThrottledBeforeAnOutageAsksAnewWhoWaits() {
        workflow.faults
                .next("AssociateAddress", CallFault.refused("RequestLimitExceeded", 503, "Slow down."))
                .nextInvocation("FindFreeEip", InvocationFault.NONE);
        for (var attempt = 1; attempt <= 3; attempt++) {
            workflow.faults.nextInvocation("FindFreeEip", InvocationFault.CRASH_BEFORE);
        }
        var run = workflow.run();

        assertThat(run.states()).contains("WaitToFindAgain");
        assertThat(run.calls("DescribeAutoScalingGroups")).isEqualTo(2);
        assertThat(run.result.continued()).isOne();
    }

    @Test
    void aFunctionThatNeverAnswersIsTriedNoLongerWhenItsEventIsLate() {
        workflow.faults.everyInvocation("FindFreeEip", InvocationFault.CRASH_BEFORE);
        var run = workflow.late(Duration.ofSeconds(500)).run();

        assertThat(run.stoppedAfterSeconds()).isBetween(595.0, 605.0);
        assertThat(run.result.abandoned()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30T12:00:00Z", "2026-01-31 12:00", "2999-01-01T00:00:00Z", "", "now"})
    void withoutAUsableTimeOfTheEventTheDeadlineAndTheHeartbeatCountFromTheStart(String time) {
        workflow.faults.everyInvocation("FindFreeEip", InvocationFault.CRASH_BEFORE);
        workflow.faults.everyInvocation("CompleteLifecycle", InvocationFault.CRASH_BEFORE);
        var run = workflow.event(event -> event.put("time", time)).run();

        assertThat(run.states()).contains("WaitToFindAgain").endsWith("HeartbeatLeft", "AbandonNotSent");
        assertThat(Duration.between(
                        run.execution().start(), run.execution().stop().orElseThrow()))
                .isBetween(Duration.ofSeconds(700), Duration.ofSeconds(721));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NONE", "TWICE"},
            mode = EnumSource.Mode.EXCLUDE)
    void aFunctionThatFailsOnceIsRetried(InvocationFault fault) {
        for (var function : new String[] {"FindFreeEip", "AssociateEip", "CompleteLifecycle"}) {
            workflow.faults.nextInvocation(function, fault);
        }
        var run = workflow.run();

        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.attempts("AssociateEip")).isEqualTo(2);
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeAddresses", "AssociateAddress", "CompleteLifecycleAction"})
    void aCallThatFailsOnAwsSideIsRetried(String api) {
        workflow.faults
                .next(api, BROKEN)
                .next(api, CallFault.TIMEOUT_BEFORE_EFFECT)
                .next(api, BROKEN);
        var run = workflow.run();

        assertThat(run.calls(api)).isEqualTo(4);
        assertThat(run.result.continued()).isOne();
    }

    /** No address was tried, so EC2 has nothing to show. */
    @Test
    void aLookThatFailsAfterALookInVainIsMadeAgainSoon() {
        workflow.faults.nextInvocation("FindFreeEip", InvocationFault.NONE);
        for (var attempt = 0; attempt < 3; attempt++) {
            workflow.faults.nextInvocation("FindFreeEip", InvocationFault.SERVICE_ERROR);
        }
        var run = workflow.pool(0).parameter("WaitSeconds", 1).run();

        assertThat(run.states().subList(0, 6))
                .containsExactly(
                        "FindFreeEip", "EipFound", "WaitForFreeEip", "FindFreeEip", "DeadlineLeft", "WaitToFindAgain");
        assertThat(run.secondsOf("FindFreeEip").get(2)).isLessThan(12);
    }

    /** Others use up the account's concurrency. Each attempt has a startBy of its own, so none comes too late. */
    @Test
    void whoIsThrottledByLambdaComesAgainFromTheSameState() {
        for (var attempt = 0; attempt < 10; attempt++) {
            workflow.faults.nextInvocation("FindFreeEip", InvocationFault.THROTTLED);
        }
        for (var attempt = 0; attempt < 30; attempt++) {
            workflow.faults.nextInvocation("AssociateEip", InvocationFault.THROTTLED);
        }
        var run = workflow.run();

        assertThat(run.states())
                .containsExactly(
                        "FindFreeEip", "EipFound", "AssociateEip", "EipAssociated", "CompleteLifecycleContinue");
        assertThat(run.secondsOf("CompleteLifecycleContinue").get(0)).isBetween(30.0, 200.0);
    }

    @Test
    void anInstanceTerminatedMeanwhileIsAbandoned() {
        var run = workflow.before(simulation -> simulation
                        .time()
                        .at(
                                EVENT.minusSeconds(1),
                                () -> simulation.ec2().setState(INSTANCE, InstanceStateName.SHUTTING_DOWN)))
                .run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.InstanceGoneException");
        assertThat(run.attempts("AssociateEip")).isOne();
    }

    @Test
    void aVpcWithoutInternetGatewayIsHopeless() {
        var run = workflow.before(simulation -> simulation.ec2().setInternetGateway(false))
                .run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.NoInternetGatewayException");
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void aLookAtThePoolThatIsDeniedIsTriedAgainForTwoMinutes() {
        workflow.faults.every("DescribeAddresses", DENIED, now -> now.isBefore(EVENT.plusSeconds(100)));
        assertThat(workflow.run().result.continued()).isOne();

        var denied = new Workflow();
        denied.faults.every("DescribeAddresses", DENIED);
        var run = denied.run();
        assertThat(run.execution().error()).contains("eiponlaunch.failure.AccessDeniedException");
        assertThat(run.stoppedAfterSeconds()).isEqualTo(120);
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void aContinueThatIsNotAcceptedIsToldApartFromAFailureToGetAnAddress() {
        workflow.faults.every("CompleteLifecycleAction", DENIED, now -> now.isBefore(EVENT.plusSeconds(121)));
        var run = workflow.run();

        assertThat(run.execution().error()).contains("ContinueFailed");
        assertThat(run.execution().cause().orElseThrow()).contains(INSTANCE).contains("198.18.0.1");
        assertThat(run.states()).contains("AssociateEip").endsWith("CompleteLifecycleAbandon", "LaunchAbandoned");
        assertThat(run.result.abandoned()).isOne();
    }

    /** What is not known may pass: an instance that has its address is not given up for it. */
    @ParameterizedTest
    @ValueSource(strings = {"CompleteLifecycleAction", "DescribeAddresses", "DescribeInstances"})
    void anErrorCodeThatIsNotKnownIsNoReasonToAbandonALaunch(String api) {
        workflow.faults.every(
                api, CallFault.refused("SomethingNew", 400, "No."), now -> now.isBefore(EVENT.plusSeconds(300)));
        var run = workflow.run();

        assertThat(run.result.continued()).isOne();
        assertThat(run.states()).doesNotContain("CompleteLifecycleAbandon");
        assertThat(run.stoppedAfterSeconds()).isBetween(300.0, 365.0);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aContinueThatIsInvalidIsAbandonedAtOnce() {
        workflow.faults.next("CompleteLifecycleAction", CallFault.refused("ValidationError", 400, "No."));
        var run = workflow.run();

        assertThat(run.execution().error()).contains("ContinueFailed");
        assertThat(run.states()).endsWith("CompleteLifecycleContinue", "CompleteLifecycleAbandon", "LaunchAbandoned");
        assertThat(run.stoppedAfterSeconds()).isZero();
    }

    @Test
    void aLostResponseOfContinueIsNoFailure() {
        workflow.faults.next("CompleteLifecycleAction", CallFault.TIMEOUT_AFTER_EFFECT);
        var run = workflow.run();

        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.execution().output().toString()).contains("lifecycleAction=NoActiveAction");
        assertThat(run.result.continued()).isOne();
    }

    @Test
    void anActionWhoseHeartbeatHasEndedIsAnOutcomeAndNoEndlessRetry() {
        workflow.faults.next("CompleteLifecycleAction", CallFault.TIMEOUT_BEFORE_EFFECT); // takes five seconds
        var run = workflow.before(simulation -> simulation
                        .time()
                        .at(EVENT.plusSeconds(3), () -> simulation.hooks().expire(Workflow.TOKEN)))
                .run();

        assertThat(run.attempts("CompleteLifecycleContinue")).isEqualTo(2);
        assertThat(run.execution().output().toString()).contains("lifecycleAction=NoActiveAction");
        assertThat(run.result.continued()).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void continueIsTriedAgainUntilItIsAccepted() {
        workflow.faults.every("CompleteLifecycleAction", BROKEN, now -> now.isBefore(EVENT.plusSeconds(700)));
        var run = workflow.run();

        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.result.continued()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(700.0, 715.0);
    }

    @Test
    void continueIsGivenUpJustBeforeTheHeartbeatEndsAndNeverForAbandon() {
        workflow.faults.every("CompleteLifecycleAction", BROKEN);
        var run = workflow.run();

        assertThat(run.states())
                .endsWith("HeartbeatLeftToContinue", "AbandonNotSent")
                .doesNotContain("CompleteLifecycleAbandon");
        assertThat(run.execution().error()).contains("ContinueFailed");
        assertThat(run.execution().cause().orElseThrow())
                .contains("198.18.0.1")
                .endsWith("ABANDON: not sent, as the heartbeat ends.");
        assertThat(run.stoppedAfterSeconds()).isBetween(716.0, 722.0);
        assertThat(run.result.lost()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void abandonIsTriedAgainUntilItIsAccepted() {
        var recovery = EVENT.plusSeconds(400);
        workflow.faults.every("AssociateAddress", DENIED);
        workflow.faults.every("CompleteLifecycleAction", BROKEN, now -> now.isBefore(recovery));
        var run = workflow.run();

        assertThat(run.result.abandoned()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(400.0, 462.0);
        assertThat(run.execution().error()).contains("eiponlaunch.failure.AccessDeniedException");
    }

    @Test
    void continueThatIsDeniedForUnderTwoMinutesIsAccepted() {
        workflow.faults.every(
                "CompleteLifecycleAction",
                CallFault.refused("AccessDenied", 403, "No."),
                now -> now.isBefore(EVENT.plusSeconds(110)));
        var run = workflow.run();

        assertThat(run.result.continued()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(110.0, 125.0);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void abandonThatIsDeniedForUnderTwoMinutesIsAccepted() {
        workflow.pool(0).parameter("DeadlineSeconds", 60);
        workflow.faults.every(
                "CompleteLifecycleAction",
                CallFault.refused("AccessDenied", 403, "No."),
                now -> now.isBefore(EVENT.plusSeconds(160)));
        var run = workflow.run();

        assertThat(run.result.abandoned()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(160.0, 190.0);
    }

    @Test
    void completionsThatAreDeniedForLongerAreGivenUp() {
        workflow.faults.every("CompleteLifecycleAction", CallFault.refused("AccessDenied", 403, "No."));
        var run = workflow.run();

        assertThat(run.states()).endsWith("CompleteLifecycleContinue", "CompleteLifecycleAbandon", "AbandonNotSent");
        assertThat(run.stoppedAfterSeconds()).isBetween(239.0, 245.0);
        assertThat(run.execution().error()).contains("ContinueFailed");
    }

    @Test
    void abandonIsGivenUpJustBeforeTheHeartbeatEnds() {
        workflow.faults.every("AssociateAddress", DENIED);
        workflow.faults.every("CompleteLifecycleAction", BROKEN, now -> now.isBefore(EVENT.plusSeconds(2000)));
        var run = workflow.run();

        assertThat(run.states()).endsWith("AbandonNotSent");
        assertThat(run.stoppedAfterSeconds()).isBetween(716.0, 722.0);
        assertThat(run.execution().cause().orElseThrow()).contains(INSTANCE).contains("not sent");
    }

    @Test
    void abandonWithoutPermissionIsTriedForTwoMinutes() {
        workflow.faults.every("AssociateAddress", DENIED).every("CompleteLifecycleAction", DENIED);
        var run = workflow.run();

        assertThat(run.states()).endsWith("CompleteLifecycleAbandon", "AbandonNotSent");
        assertThat(run.attempts("CompleteLifecycleAbandon")).isEqualTo(8);
    }

    @Test
    void aWorkflowThatCannotBeStartedIsAbandoned() {
        workflow.faults.every("StartExecution", CallFault.refused("AccessDenied", 400, "No."));
        var run = workflow.run();

        assertThat(run.statesOfStartOnce())
                .endsWith("HeartbeatLeftToStart", "CompleteLifecycleAbandon", "LaunchNotStarted");
        assertThat(run.executions("StartOnce").get(0).cause().orElseThrow()).contains(INSTANCE);
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void aStartThatIsDeniedForUnderTwoMinutesIsMade() {
        workflow.faults.every("StartExecution", NOT_PERMITTED, now -> now.isBefore(EVENT.plusSeconds(110)));
        var run = workflow.run();

        assertThat(run.statesOfStartOnce()).endsWith("WaitToStartAgain", "StartOnce");
        assertThat(run.result.continued()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(110.0, 125.0);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aStartThatIsDeniedForLongerIsAbandoned() {
        workflow.faults.every("StartExecution", NOT_PERMITTED);
        var run = workflow.run();

        assertThat(stopOfStartOnce(run)).isBetween(EVENT.plusSeconds(116), EVENT.plusSeconds(121));
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    /** Of a heartbeat of a minute, or of what a late event leaves of it. */
    @ParameterizedTest
    @CsvSource({"60, 0", "720, 600"})
    void aStartThatIsDeniedIsAbandonedBeforeTheHeartbeatEnds(int heartbeat, int late) {
        workflow.parameter("HeartbeatSeconds", heartbeat).parameter("DeadlineSeconds", heartbeat / 2);
        workflow.late(Duration.ofSeconds(late)).faults.every("StartExecution", NOT_PERMITTED);
        var run = workflow.run();

        assertThat(run.executions("StartOnce").get(0).cause().orElseThrow()).endsWith("ABANDON: Completed.");
        assertThat(stopOfStartOnce(run)).isAfter(EVENT.plusSeconds(heartbeat * 5L / 6));
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aRoleWithoutAnyPermissionEndsStartOnceAfterFourMinutes() {
        workflow.faults.every("StartExecution", NOT_PERMITTED).every("CompleteLifecycleAction", NOT_PERMITTED);
        var run = workflow.run();

        assertThat(run.statesOfStartOnce()).endsWith("CompleteLifecycleAbandon", "AbandonNotSent");
        assertThat(stopOfStartOnce(run)).isBetween(EVENT.plusSeconds(236), EVENT.plusSeconds(250));
        assertThat(run.result.lost()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    private static Instant stopOfStartOnce(Workflow.Run run) {
        return run.executions("StartOnce").get(0).stop().orElseThrow();
    }

    @Test
    void aStartThatFailsOnceIsRetried() {
        workflow.faults.next("StartExecution", CallFault.refused("Throttling", 400, "Slow down."));

        assertThat(workflow.run().result.continued()).isOne();
    }

    @Test
    void aStartThatNeverSucceedsIsAbandonedBeforeTheHeartbeatEnds() {
        workflow.faults.every("StartExecution", CallFault.refused("ServiceUnavailable", 503, "Not now."));
        var run = workflow.run();
        var startOnce = run.executions("StartOnce").get(0);

        assertThat(run.statesOfStartOnce())
                .contains("WaitToStartAgain")
                .endsWith("HeartbeatLeftToStart", "CompleteLifecycleAbandon", "LaunchNotStarted");
        assertThat(startOnce.cause().orElseThrow()).contains(INSTANCE).endsWith("ABANDON: Completed.");
        assertThat(startOnce.stop().orElseThrow()).isBetween(EVENT.plusSeconds(650), EVENT.plusSeconds(672));
        assertThat(run.result.abandoned()).isOne();
    }

    @Test
    void abandonOfALaunchThatWasNotStartedIsTriedUntilJustBeforeTheHeartbeatEnds() {
        workflow.faults.every("StartExecution", CallFault.refused("AccessDenied", 400, "No."));
        workflow.faults.everyInvocation("CompleteLifecycle", InvocationFault.THROTTLED);
        var run = workflow.run();
        var startOnce = run.executions("StartOnce").get(0);

        assertThat(run.statesOfStartOnce()).contains("WaitToAbandonAgain").endsWith("HeartbeatLeft", "AbandonNotSent");
        assertThat(startOnce.cause().orElseThrow()).contains("not sent, Lambda.TooManyRequestsException");
        assertThat(startOnce.stop().orElseThrow()).isBetween(EVENT.plusSeconds(715), EVENT.plusSeconds(722));
    }
}
