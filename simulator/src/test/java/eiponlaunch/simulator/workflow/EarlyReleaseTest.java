package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.ExecutionStatus;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.faults.Outage;
import eiponlaunch.simulator.faults.Service;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.soak.ByPublicIp;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** What becomes of the address of an instance that terminates, on the shipped definition. */
class EarlyReleaseTest {
    private static final String SERVING = "i-0123456789abcdef0";
    private static final String OF_WARM_POOL = "i-0aaaabbbbccccdddd";
    private static final String ADDRESS = "eipalloc-00000000000000001";
    private static final String SECOND = "eipalloc-00000000000000002";
    private static final String OTHER = "i-0fedcba9876543210";

    private static final CallFault DENIED = CallFault.refused("UnauthorizedOperation", 403, "No.");

    private final Workflow workflow = new Workflow().earlyRelease();

    @Test
    void theAddressIsFreeBeforeTheTerminationBegins() {
        var freeWhenTerminating = new HashMap<InstanceStateName, String>();
        var run = workflow.file("instance-terminate.json")
                .before(simulation -> simulation
                        .time()
                        .at(
                                EVENT.plusSeconds(1),
                                () -> freeWhenTerminating.put(
                                        simulation
                                                .ec2()
                                                .instance(SERVING)
                                                .state()
                                                .name(),
                                        String.valueOf(simulation
                                                .ec2()
                                                .address(ADDRESS)
                                                .instanceId()))))
                .run();

        assertThat(run.statesOfEipOnTerminate())
                .containsExactly("DisassociateEip", "CompleteLifecycleContinue", "EipReleased", "TerminationContinued");
        assertThat(freeWhenTerminating).isEqualTo(Map.of(InstanceStateName.SHUTTING_DOWN, "null"));
        assertThat(output(run))
                .containsEntry("disassociated", "Disassociated")
                .containsEntry("instanceId", SERVING)
                .containsEntry("lifecycleAction", "Completed");
        assertThat(run.result.launches()).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "20, 20", "20, 12"})
    void waitingLaunchesGetTheirAddressSoonerThanWithoutEarlyRelease(int launches, int pool) {
        var with = storm(launches, pool).earlyRelease().run().result;
        var without = storm(launches, pool).run().result;

        assertThat(with.violations()).isEmpty();
        assertThat(without.violations()).isEmpty();
        assertThat(with.continued()).isEqualTo(without.continued()).isEqualTo(Math.min(launches, pool));
        assertThat(with.apiCalls()).containsEntry("DisassociateAddress", (long) pool);
        assertThat(without.apiCalls()).doesNotContainKey("DisassociateAddress");
        assertThat(with.secondsToLastContinue()).isLessThan(without.secondsToLastContinue());
    }

    /** All addresses of the pool are with instances that terminate when the launches begin. */
    private static Workflow storm(int launches, int pool) {
        return new Workflow()
                .cloud(CloudSettings.documented())
                .launches(launches)
                .pool(pool)
                .terminations(pool)
                .parameter("WaitSeconds", 5);
    }

    /** Whether EC2 answers that the association does not exist, or as if it had just ended it. */
    @ParameterizedTest
    @CsvSource({"true, AlreadyDisassociated", "false, Disassociated"})
    void anAddressThatHasMovedToAnotherInstanceIsNotTouched(boolean refused, String outcome) {
        workflow.faults.pastAssociationRefused(refused);
        var run = movedBeforeTheCall(workflow).run();

        assertThat(run.simulation().ec2().addressOf(OTHER)).isEqualTo(ADDRESS);
        assertThat(output(run)).containsEntry("disassociated", outcome);
        assertThat(run.statesOfEipOnTerminate()).endsWith("TerminationContinued");
        assertThat(run.calls("DisassociateAddress")).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    /** EC2 finds no address whose tags would allow the call, and the next look shows that the instance has none. */
    @Test
    void anAddressThatHasMovedIsNoFailureWhereEc2DeniesTheCallForIt() {
        workflow.faults.goneDenied();
        var run = workflow.file("instance-terminate.json")
                .before(simulation -> simulation.listenToCalls(call -> {
                    if (call.api().equals("RecordLifecycleActionHeartbeat")) {
                        simulation.ec2().launch(OTHER, InstanceStateName.RUNNING, 1, Map.of());
                        simulation.ec2().associate(ADDRESS, OTHER, false);
                    }
                }))
                .run();

        assertThat(run.simulation().ec2().addressOf(OTHER)).isEqualTo(ADDRESS);
        assertThat(output(run)).containsEntry("disassociated", "NoneHeld");
        assertThat(run.result.violations()).isEmpty();
    }

    /** The same the wrong way, so that the judge is seen to judge. */
    @Test
    void anAddressThatWereDisassociatedByItsPublicIpWouldBeTakenFromItsNewInstance() {
        var run = movedBeforeTheCall(workflow.deployment(new ByPublicIp())).run();

        assertThat(run.simulation().ec2().addressOf(OTHER)).isNull();
        assertThat(run.result.violations())
                .singleElement()
                .asString()
                .contains(ADDRESS + " was disassociated from " + OTHER + ", which does not terminate");
    }

    /** The look sees what was a second ago, when the address was still with the terminating instance. */
    private static Workflow movedBeforeTheCall(Workflow workflow) {
        workflow.faults.staleReads(Duration.ofSeconds(1));
        return workflow.file("instance-terminate.json")
                .before(simulation -> simulation.time().at(EVENT.minusMillis(500), () -> {
                    simulation.ec2().launch(OTHER, InstanceStateName.RUNNING, 1, Map.of());
                    simulation.ec2().associate(ADDRESS, OTHER, false);
                }));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 300})
    void aDuplicateEventChangesNothing(int secondsLater) {
        var run = workflow.file("instance-terminate.json")
                .before(simulation -> again(simulation, EVENT.plusSeconds(secondsLater)))
                .run();

        assertThat(run.executions("EipOnTerminate"))
                .hasSize(2)
                .allMatch(execution -> execution.status() == ExecutionStatus.SUCCEEDED);
        assertThat(run.calls("DisassociateAddress")).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    private static void again(Simulation simulation, Instant when) {
        simulation.time().at(when, () -> simulation.deliverAgain(0));
    }

    @Test
    void anInstanceThatGoesBackToTheWarmPoolGivesItsAddressBack() {
        var run = workflow.file("instance-terminate-into-warm-pool.json").run();

        assertThat(run.addressOf(OF_WARM_POOL)).isNull();
        assertThat(run.simulation().ec2().instance(OF_WARM_POOL).state().name()).isEqualTo(InstanceStateName.STOPPED);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aSecondDeliveryLeavesTheAddressOfAnInstanceThatHasLeftTheWarmPoolAgain() {
        var run = backInService(workflow).run();

        assertThat(run.executions("EipOnTerminate")).hasSize(2);
        assertThat(run.execution().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.addressOf(OF_WARM_POOL)).isEqualTo(ADDRESS);
        assertThat(output(run)).containsEntry("disassociated", "ActionEnded");
        assertThat(run.result.violations()).isEmpty();
    }

    /** Back to the warm pool, out of it an hour later, and then the first event once more. */
    private static Workflow backInService(Workflow workflow) {
        return workflow.file("instance-terminate-into-warm-pool.json")
                .file("launch-out-of-warm-pool.json")
                .before(simulation -> again(simulation, EVENT.plusSeconds(3700)));
    }

    @Test
    void anAddressThatIsNotShownFreeYetIsNoFailureWhereEc2DeniesTheCallForIt() {
        workflow.faults.goneDenied();
        var run = movedBeforeTheCall(workflow).run();

        assertThat(run.simulation().ec2().addressOf(OTHER)).isEqualTo(ADDRESS);
        assertThat(run.calls("DisassociateAddress")).isPositive();
        assertThat(output(run)).containsEntry("disassociated", "NoneHeld");
        assertThat(run.result.violations()).isEmpty();
    }

    /** A new permission takes time to reach every endpoint. */
    @ParameterizedTest
    @ValueSource(strings = {"DescribeAddresses", "DisassociateAddress"})
    void whatIsDeniedForUnderTwoMinutesIsGivenBack(String api) {
        workflow.faults.every(api, DENIED, now -> now.isBefore(EVENT.plusSeconds(110)));
        var run = workflow.file("instance-terminate.json").run();

        assertThat(output(run)).containsEntry("disassociated", "Disassociated");
        assertThat(run.executions("EipOnTerminate").get(0).stop().orElseThrow())
                .isBetween(EVENT.plusSeconds(110), EVENT.plusSeconds(121));
        assertThat(run.result.violations()).isEmpty();
    }

    /** The same the wrong way, so that the judge is seen to judge. */
    @Test
    void aDenialThatIsNotTriedAgainIsNoReasonToKeepTheAddress() {
        var certain = "\"eiponlaunch.failure.HookNotServedException\"";
        workflow.faults.every("DisassociateAddress", DENIED, now -> now.isBefore(EVENT.plusSeconds(110)));
        var run = workflow.deployment(new Deployment() {
                    @Override
                    public String definition(String stateMachine, String shipped) {
                        return stateMachine.equals("EipOnTerminate")
                                ? shipped.replaceFirst(
                                        certain, certain + ", \"eiponlaunch.failure.AccessDeniedException\"")
                                : shipped;
                    }
                })
                .file("instance-terminate.json")
                .run();

        assertThat(run.result.violations()).singleElement().asString().contains("terminates and kept " + ADDRESS);
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeAddresses, 300, 116, 121",
        "DisassociateAddress, 300, 116, 121",
        "DescribeAddresses, 30, 20, 26",
        "DisassociateAddress, 30, 20, 26",
    })
    void whatIsDeniedForLongerIsToldAndTheTerminationGoesOnBeforeItsHeartbeatEnds(
            String api, int heartbeat, int from, int to) {
        workflow.faults.every(api, DENIED);
        var run = workflow.parameter("TerminateHeartbeatSeconds", heartbeat)
                .file("instance-terminate.json")
                .run();

        var execution = run.executions("EipOnTerminate").get(0);
        assertThat(execution.error()).contains("EipNotReleased");
        assertThat(execution.cause().orElseThrow())
                .contains(SERVING, "AccessDeniedException", "UnauthorizedOperation")
                .endsWith("CONTINUE: Completed.");
        assertThat(execution.stop().orElseThrow()).isBetween(EVENT.plusSeconds(from), EVENT.plusSeconds(to));
        assertThat(run.addressOf(SERVING)).as("EC2 takes it back").isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DisassociateAddress, OperationNotPermitted, 400, UnexpectedAwsErrorException",
        "DisassociateAddress, NotInAnyReference, 400, UnexpectedAwsErrorException",
    })
    void whatIsHopelessIsToldAtOnceAndTheTerminationGoesOn(String api, String code, int status, String error) {
        workflow.faults.every(api, CallFault.refused(code, status, "No."));
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.statesOfEipOnTerminate())
                .containsExactly("DisassociateEip", "CompleteLifecycleContinue", "EipReleased", "EipNotReleased");
        var execution = run.executions("EipOnTerminate").get(0);
        assertThat(execution.error()).contains("EipNotReleased");
        assertThat(execution.cause().orElseThrow())
                .contains(SERVING, error, code)
                .endsWith("CONTINUE: Completed.");
        assertThat(run.calls(api)).isOne();
        assertThat(execution.stop()).contains(EVENT);
        assertThat(run.addressOf(SERVING)).as("EC2 takes it back").isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    /** Somebody gave the instance a second one by hand. EC2 takes the refused one back when the termination ends. */
    @Test
    void anAddressThatIsRefusedDoesNotKeepAnotherOneOfTheInstance() {
        workflow.faults.next("DisassociateAddress", CallFault.refused("NotInAnyReference", 400, "No."));
        var soonAfter = new ArrayList<String>();
        var run = workflow.pool(2)
                .file("instance-terminate.json")
                .before(simulation -> {
                    var ec2 = simulation.ec2();
                    simulation.time().at(EVENT.minusSeconds(1), () -> ec2.associateBeside(SECOND, SERVING));
                    simulation
                            .time()
                            .at(
                                    EVENT.plusSeconds(1),
                                    () -> soonAfter.addAll(Arrays.asList(
                                            ec2.address(ADDRESS).instanceId(),
                                            ec2.address(SECOND).instanceId())));
                })
                .run();

        assertThat(soonAfter).containsExactly(SERVING, null);
        assertThat(run.executions("EipOnTerminate").get(0).cause().orElseThrow())
                .contains("was given back. DisassociateAddress of ", "NotInAnyReference: No.")
                .endsWith("CONTINUE: Completed.");
        assertThat(run.simulation().ec2().address(ADDRESS).associationId()).isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    /** It terminates some seconds after the event that somebody makes up. */
    @ParameterizedTest
    @ValueSource(strings = {"EC2", "WarmPool", ""})
    void anInstanceInServiceKeepsItsAddressWhateverAnEventThatIsMadeUpSays(String destination) throws IOException {
        var held = new ArrayList<String>();
        var madeUp = madeUp(SERVING, "99999999-9999-9999-9999-999999999999", destination);
        var run = workflow.file("instance-terminate.json")
                .before(simulation -> {
                    var time = simulation.time();
                    time.at(
                            EVENT.minusSeconds(5),
                            () -> simulation.startExecution("EipOnTerminate", "by-hand", madeUp));
                    time.at(
                            EVENT.minusSeconds(1),
                            () -> held.add(simulation.ec2().addressOf(SERVING)));
                })
                .run();

        assertThat(held).containsExactly(ADDRESS);
        assertThat(run.executions("EipOnTerminate").get(0).output())
                .asString()
                .contains("disassociated=ActionEnded", "lifecycleAction=NoActiveAction");
        assertThat(output(run)).containsEntry("disassociated", "Disassociated");
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void theTokenOfAnotherInstancesTerminationDoesNotMakeAnInstanceLoseItsAddress() throws IOException {
        workflow.faults.every(
                "CompleteLifecycleAction",
                CallFault.refused("Throttling", 400, "Rate exceeded"),
                now -> now.isBefore(EVENT.plusSeconds(10)));
        var inService = new ArrayList<String>();
        var madeUp = madeUp(OTHER, "12345678-1234-1234-1234-123456789012", "EC2");
        var run = workflow.pool(2)
                .file("instance-terminate.json")
                .terminateEvent(event -> ((ObjectNode) event.put(
                                        "time", EVENT.plus(Duration.ofHours(1)).toString())
                                .get("detail"))
                        .put("EC2InstanceId", OTHER)
                        .put("LifecycleActionToken", "99999999-9999-9999-9999-999999999999"))
                .before(simulation -> {
                    simulation
                            .time()
                            .at(
                                    EVENT.plusSeconds(5),
                                    () -> simulation.startExecution("EipOnTerminate", "by-hand", madeUp));
                    simulation
                            .time()
                            .at(
                                    EVENT.plusSeconds(600),
                                    () -> inService.add(simulation.ec2().addressOf(OTHER)));
                })
                .run();

        assertThat(inService).doesNotContainNull().hasSize(1);
        assertThat(run.result.violations()).isEmpty();
    }

    private static Object madeUp(String instanceId, String token, String destination) throws IOException {
        var event = (ObjectNode) new ObjectMapper()
                .readTree(ProjectFiles.find().event("instance-terminate.json").toFile());
        var detail = (ObjectNode) event.get("detail");
        detail.put("EC2InstanceId", instanceId).put("LifecycleActionToken", token);
        if (destination.isEmpty()) {
            detail.remove("Destination");
        } else {
            detail.put("Destination", destination);
        }
        return new ObjectMapper().convertValue(event, Object.class);
    }

    /** An instance refresh holds it in the terminating hook and then in the launch hook, and it serves all the while. */
    @Test
    void anInstanceWhoseRootVolumeIsReplacedKeepsItsAddressThroughBothHooks() {
        var run = workflow.file("instance-terminate-replace-root-volume.json")
                .file("launch-replaced-root-volume.json")
                .run();

        assertThat(run.statesOfEipOnTerminate())
                .containsExactly("DisassociateEip", "CompleteLifecycleContinue", "EipReleased", "TerminationContinued");
        assertThat(output(run))
                .containsEntry("disassociated", "StaysInService")
                .containsEntry("lifecycleAction", "Completed");
        assertThat(run.states()).containsExactly("FindFreeEip", "EipFound", "CompleteLifecycleContinue");
        assertThat(run.execution().output()).asString().contains("found=AlreadyHeld");
        assertThat(run.calls("DisassociateAddress")).isZero();
        assertThat(run.addressOf(SERVING)).isEqualTo(ADDRESS);
        assertThat(run.simulation().ec2().isAlive(SERVING)).isTrue();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TIMEOUT_BEFORE_EFFECT, 2", "TIMEOUT_AFTER_EFFECT, 1", "REFUSED, 2"})
    void aLostResponseAndThrottlingAreRetried(CallFault.Kind kind, int calls) {
        workflow.faults.next(
                "DisassociateAddress", new CallFault(kind, "RequestLimitExceeded", 503, "Request limit exceeded."));
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.attempts("DisassociateEip")).isEqualTo(2);
        assertThat(run.calls("DisassociateAddress")).isEqualTo(calls);
        assertThat(run.statesOfEipOnTerminate()).endsWith("TerminationContinued");
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = InvocationFault.class,
            names = {"CRASH_BEFORE", "CRASH_AFTER", "THROTTLED", "TIMEOUT", "NO_ANSWER"})
    void aFunctionThatNeverAnswersDoesNotKeepTheInstanceForItsWholeHeartbeat(InvocationFault fault) {
        workflow.faults.everyInvocation("DisassociateEip", fault);
        var run = workflow.file("instance-terminate.json").run();

        var execution = run.executions("EipOnTerminate").get(0);
        assertThat(execution.error()).contains("EipNotReleased");
        assertThat(execution.stop().orElseThrow()).isBetween(EVENT.plusSeconds(230), EVENT.plusSeconds(299));
        assertThat(run.calls("CompleteLifecycleAction")).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    /** Whatever the pauses were, after which the last of them began. */
    @ParameterizedTest
    @EnumSource(
            value = InvocationFault.class,
            names = {"TIMEOUT", "NO_ANSWER"})
    void attemptsThatHangEndBeforeTheHeartbeatDoes(InvocationFault fault) {
        for (var seed = 1; seed <= 40; seed++) {
            var hanging = new Workflow().earlyRelease().seed(seed);
            hanging.faults.everyInvocation("DisassociateEip", fault);
            var run = hanging.file("instance-terminate.json").run();

            assertThat(run.executions("EipOnTerminate").get(0).stop().orElseThrow())
                    .as("seed %s", seed)
                    .isBefore(EVENT.plusSeconds(299));
            assertThat(run.result.violations()).isEmpty();
        }
    }

    @Test
    void ec2ThatThrottlesForeverDoesNotKeepTheInstanceForItsWholeHeartbeat() {
        workflow.faults.every(
                "DisassociateAddress", CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded."));
        var run = workflow.file("instance-terminate.json").run();

        var execution = run.executions("EipOnTerminate").get(0);
        assertThat(run.attempts("DisassociateEip")).isGreaterThan(13);
        assertThat(execution.error()).contains("EipNotReleased");
        assertThat(execution.cause().orElseThrow()).contains("ThrottledException");
        assertThat(execution.stop().orElseThrow()).isBetween(EVENT.plusSeconds(230), EVENT.plusSeconds(299));
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void anOutageOfLessThanTheHeartbeatHoldsNoTerminationUp(Service service) {
        workflow.faults.outage(new Outage(service, EVENT.minusSeconds(60), EVENT.plusSeconds(220)));
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.statesOfEipOnTerminate()).endsWith("TerminationContinued");
        assertThat(run.executions("EipOnTerminate").get(0).stop().orElseThrow()).isBefore(EVENT.plusSeconds(285));
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void continueIsTriedUntilJustBeforeTheHeartbeatEnds() {
        workflow.faults.everyInvocation("CompleteLifecycle", InvocationFault.THROTTLED);
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.statesOfEipOnTerminate())
                .contains("WaitToContinueAgain")
                .endsWith("HeartbeatLeft", "ContinueNotSent");
        assertThat(run.executions("EipOnTerminate").get(0).stop().orElseThrow())
                .isBetween(EVENT.plusSeconds(294), EVENT.plusSeconds(301));
        assertThat(run.result.violations()).isEmpty();
    }

    /** Each of the attempts begins the heartbeat anew, the last one after 200 seconds. */
    @Test
    void anOutageAfterAReleaseThatTookLongHoldsTheTerminationNoLongerThanItLasts() {
        throttled("DisassociateAddress", 200);
        throttled("CompleteLifecycleAction", 400);
        var run = workflow.file("instance-terminate.json").run();

        assertThat(run.statesOfEipOnTerminate()).endsWith("TerminationContinued");
        assertThat(run.executions("EipOnTerminate").get(0).stop().orElseThrow())
                .isBetween(EVENT.plusSeconds(400), EVENT.plusSeconds(462));
        assertThat(run.result.violations()).isEmpty();
    }

    private void throttled(String api, int untilSecond) {
        workflow.faults.every(
                api,
                CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded."),
                now -> now.isBefore(EVENT.plusSeconds(untilSecond)));
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 300, 7200})
    void continueIsTriedUntilJustBeforeTheHeartbeatEndsThatTheLastAttemptBegan(int heartbeat) {
        var ended = new ArrayList<Instant>();
        workflow.faults
                .every("DisassociateAddress", CallFault.refused("RequestLimitExceeded", 503, "Slow down."))
                .everyInvocation("CompleteLifecycle", InvocationFault.THROTTLED);
        var run = workflow.parameter("TerminateHeartbeatSeconds", heartbeat)
                .file("instance-terminate.json")
                .before(simulation -> simulation.time().at(EVENT, () -> whenItEnds(simulation, ended)))
                .run();

        var execution = run.executions("EipOnTerminate").get(0);
        assertThat(execution.error()).contains("ContinueNotSent");
        assertThat(ended)
                .singleElement()
                .satisfies(end -> assertThat(end).isAfter(EVENT.plusSeconds(heartbeat * 3 / 2)));
        assertThat(Duration.between(execution.stop().orElseThrow(), ended.get(0))
                        .toSeconds())
                .isBetween(-1L, 6L);
        assertThat(run.result.violations()).isEmpty();
    }

    /** Looks each second at the instance that its hook holds. */
    private static void whenItEnds(Simulation simulation, ArrayList<Instant> ended) {
        if (simulation.ec2().instance(SERVING).state().name() == InstanceStateName.RUNNING) {
            simulation.time().after(Duration.ofSeconds(1), () -> whenItEnds(simulation, ended));
        } else {
            ended.add(simulation.time().now());
        }
    }

    /** Another delivery of it. The first one's execution has said what there is to say. */
    @Test
    void anEventThatComesAfterItsHeartbeatTriesContinueOnce() {
        workflow.faults.everyInvocation("CompleteLifecycle", InvocationFault.THROTTLED);
        var run = workflow.file("instance-terminate.json")
                .before(simulation -> again(simulation, EVENT.plusSeconds(400)))
                .run();

        var late = run.executions("EipOnTerminate").get(1);
        assertThat(late.error()).contains("ContinueNotSent");
        assertThat(late.stop().orElseThrow()).isBetween(EVENT.plusSeconds(400), EVENT.plusSeconds(410));
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aRefusedContinueSaysThatTheHookMustTimeOut() {
        workflow.faults.every(
                "CompleteLifecycleAction", CallFault.refused("AccessDenied", 403, "User is not authorized."));
        var run = workflow.file("instance-terminate.json").run();

        var execution = run.executions("EipOnTerminate").get(0);
        assertThat(run.statesOfEipOnTerminate()).endsWith("CompleteLifecycleContinue", "ContinueNotSent");
        assertThat(execution.error()).contains("ContinueNotSent");
        assertThat(execution.cause().orElseThrow())
                .contains("DisassociateEip came to Disassociated for " + SERVING)
                .contains("not sent, eiponlaunch.failure.AccessDeniedException");
        assertThat(run.addressOf(SERVING)).isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aMalformedEventIsContinuedAllTheSame() {
        var run = workflow.terminateEvent(event -> event.put("detail-type", "EC2 Instance-terminate Lifecycle Action")
                        .withObject("/detail")
                        .put("LifecycleTransition", "autoscaling:EC2_INSTANCE_LAUNCHING"))
                .run();

        assertThat(run.executions("EipOnTerminate").get(0).cause().orElseThrow())
                .contains("MalformedEventException", "detail.LifecycleTransition", "CONTINUE: Completed.");
        assertThat(run.calls("DisassociateAddress")).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    /** EipOnLaunch may give the instance an address after DisassociateEip has looked; EC2 takes that one back. */
    @Test
    void anInstanceThatTerminatesWhileItLaunchesKeepsNoAddress() {
        var looked = EVENT.plusSeconds(1);
        workflow.faults
                .every(
                        "AssociateAddress",
                        CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded."),
                        now -> now.isBefore(looked.plusSeconds(1)))
                .every(
                        "CompleteLifecycleAction",
                        CallFault.refused("Throttling", 400, "Rate exceeded"),
                        now -> now.isBefore(looked.plusSeconds(10)));
        var run = workflow.file("launch.json")
                .terminateEvent(event -> event.put("time", looked.toString()))
                .run();

        assertThat(output(run)).containsEntry("disassociated", "NoneHeld");
        assertThat(run.states()).contains("EipAssociated").doesNotContain("CompleteLifecycleAbandon");
        assertThat(run.addressOf(SERVING)).isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    /** The output of the last execution. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> output(Workflow.Run run) {
        var executions = run.executions("EipOnTerminate");
        return (Map<String, Object>) executions.get(executions.size() - 1).output();
    }
}
