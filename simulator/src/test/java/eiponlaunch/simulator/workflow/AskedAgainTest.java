package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may pass is asked again soon and for long enough, whatever the retriers of the definitions look like. */
class AskedAgainTest {
    private static final CallFault BROKEN = CallFault.refused("InternalError", 500, "An internal error has occurred.");
    /** Of the README's terminating hook. */
    private static final Duration TERMINATING_HEARTBEAT = Duration.ofSeconds(300);

    /** The first retry comes within this time. */
    private static final double SOON = 4.9;

    private final Workflow workflow = new Workflow();

    @ParameterizedTest
    @EnumSource(
            names = {"NONE", "TWICE"},
            mode = EnumSource.Mode.EXCLUDE)
    void aFunctionThatFailsWhileItSendsAbandonIsAskedAgainAtOnceAndAbandonIsSent(InvocationFault fault) {
        workflow.faults
                .every("AssociateAddress", CallFault.refused("Gateway.NotAttached", 400, "No internet gateway."))
                .nextInvocation("CompleteLifecycle", fault);
        var run = workflow.run();

        assertThat(run.errors("CompleteLifecycleAbandon")).containsExactly(fault.error());
        assertThat(run.pauses("CompleteLifecycleAbandon"))
                .singleElement()
                .satisfies(pause -> assertThat(pause).isLessThan(SOON));
        assertThat(run.states()).endsWith("CompleteLifecycleAbandon", "LaunchAbandoned");
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FindFreeEip", "AssociateEip", "CompleteLifecycle"})
    void aTaskThatRunsIntoItsTimeoutIsStartedAgainAndTheLaunchGoesOn(String function) {
        workflow.faults.nextInvocation(function, InvocationFault.NO_ANSWER);
        var run = workflow.run();

        var state = function.equals("CompleteLifecycle") ? "CompleteLifecycleContinue" : function;
        assertThat(run.errors(state)).containsExactly("States.Timeout");
        assertThat(run.pauses(state))
                .singleElement()
                .satisfies(pause -> assertThat(pause).isLessThan(SOON));
        assertThat(run.attempts("FindFreeEip"))
                .as("looked again only when the look itself was lost")
                .isEqualTo(function.equals("FindFreeEip") ? 2 : 1);
        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.result.continued()).isOne();
    }

    /**
     * The function's own timeout is longer than what its calls may take, or nobody would learn what hung. FindFreeEip asks EC2 for
     * the instance once more, by its ID.
     */
    @ParameterizedTest
    @CsvSource({
        "DescribeAddresses, FindFreeEip, 1",
        "DescribeInstances, FindFreeEip, 2",
        "AssociateAddress, AssociateEip, 1",
        "CompleteLifecycleAction, CompleteLifecycleContinue, 1"
    })
    void aCallWithoutAnAnswerIsReportedByTheFunctionBeforeTheFunctionItselfTimesOut(
            String api, String state, int calls) {
        for (var call = 0; call < calls; call++) {
            workflow.faults.next(api, CallFault.TIMEOUT_BEFORE_EFFECT);
        }
        var run = workflow.run();

        assertThat(run.errors(state)).containsExactly("eiponlaunch.failure.AwsUnavailableException");
        assertThat(run.result.continued()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeAddresses", "DisassociateAddress"})
    void aCallOfEarlyReleaseWithoutAnAnswerIsReportedByTheFunctionToo(String api) {
        workflow.earlyRelease().faults.next(api, CallFault.TIMEOUT_BEFORE_EFFECT);
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.errors("DisassociateEip")).containsExactly("eiponlaunch.failure.AwsUnavailableException");
        assertThat(run.statesOfEipOnTerminate()).endsWith("TerminationContinued");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Throttling", "InternalError"})
    void aStartThatStepFunctionsRefusesForTenSecondsIsMade(String code) {
        workflow.faults.every(
                "StartExecution", CallFault.refused(code, 500, "Not now."), now -> now.isBefore(EVENT.plusSeconds(10)));
        var run = workflow.run();

        assertThat(run.attempts("StartOnce")).isGreaterThan(2);
        assertThat(run.executions("EipOnLaunch")).hasSize(1);
        assertThat(run.result.continued()).isOne();
    }

    /** A name that Step Functions refuses would be an error of the start, not of the event. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "two words",
                "a/b",
                "a:b",
                "a\tb",
                "{token}",
                "87654321-4321-4321-4321-210987654321?",
                "0123456789012345678901234567890123456789012345678901234567890123456789012345678901" // too long by two
            })
    void whateverTheTokenIsEipOnLaunchIsStarted(String token) {
        var run = workflow.event(event -> event.withObject("/detail").put("LifecycleActionToken", token))
                .run();

        assertThat(run.statesOfStartOnce()).containsExactly("StartOnce");
        assertThat(run.executions("StartOnce").get(0).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.executions("EipOnLaunch")).hasSize(1);
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"DescribeAddresses, 500", "DisassociateAddress, 500", "DisassociateAddress, 503"})
    void earlyReleaseThatEc2RefusesForeverStillContinuesBeforeTheHooksHeartbeatEnds(String api, int status) {
        for (var seed = 1; seed <= 10; seed++) {
            var workflow = new Workflow().earlyRelease().seed(seed);
            workflow.faults.every(
                    api, status == 503 ? CallFault.refused("RequestLimitExceeded", 503, "Slow down.") : BROKEN);
            var run = workflow.file("instance-terminate.json").run();

            var execution = run.executions("EipOnTerminate").get(0);
            assertThat(execution.error()).contains("EipNotReleased");
            assertThat(execution.stop().orElseThrow()).isBefore(EVENT.plus(TERMINATING_HEARTBEAT));
            assertThat(run.calls("CompleteLifecycleAction")).isOne();
            assertThat(run.result.violations()).isEmpty();
        }
    }

    @Test
    void earlyReleaseThatTakesLongStillContinues() {
        workflow.earlyRelease()
                .faults
                .every(
                        "DisassociateAddress",
                        CallFault.refused("RequestLimitExceeded", 503, "Slow down."),
                        now -> now.isBefore(EVENT.plusSeconds(60)));
        for (var lost = 1; lost <= 5; lost++) {
            workflow.faults.nextInvocation("CompleteLifecycle", InvocationFault.NO_ANSWER);
        }
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.statesOfEipOnTerminate()).endsWith("TerminationContinued");
        assertThat(run.executions("EipOnTerminate").get(0).stop().orElseThrow())
                .isBetween(EVENT.plusSeconds(200), EVENT.plus(TERMINATING_HEARTBEAT));
        assertThat(run.result.violations()).isEmpty();
    }

    /** Each attempt of DisassociateEip begins the heartbeat anew, the last one after four fifths of it. */
    @Test
    void noTerminationTimesOutHoweverLongTheHeartbeatIs() {
        workflow.earlyRelease()
                .parameter("TerminateHeartbeatSeconds", 7200)
                .faults
                .every("DisassociateAddress", CallFault.refused("RequestLimitExceeded", 503, "Slow down."))
                .every("CompleteLifecycleAction", CallFault.refused("Throttling", 400, "Rate exceeded"));
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.executions("EipOnTerminate").get(0).error()).contains("ContinueNotSent");
    }

    /** TimeoutSeconds of an execution is the last resort: when it ends an execution, nothing is caught and nothing is sent. */
    @Test
    void noExecutionTimesOutHoweverLongTheHeartbeatIs() {
        workflow.pool(0).parameter("HeartbeatSeconds", 7200).parameter("DeadlineSeconds", 7000);
        var run = workflow.run();

        assertThat(run.execution().error()).contains("NoFreeEip");
        assertThat(run.stoppedAfterSeconds()).isBetween(6990.0, 7000.0);
        assertThat(run.result.abandoned()).isOne();
    }
}
