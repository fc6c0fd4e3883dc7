package eiponlaunch.emulators.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.Events;
import eiponlaunch.emulators.Executions;
import eiponlaunch.emulators.Executions.Ended;
import eiponlaunch.emulators.Pool;
import eiponlaunch.emulators.wire.Wire;
import eiponlaunch.model.LifecycleAction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The template as deployed by SAM CLI: ministack runs the state machines and the functions, moto is EC2. A server of the
 * test stands between the functions and both, since ministack's CompleteLifecycleAction always succeeds.
 */
class DeployedWorkflowIT {
    private static final String FIND = "DescribeAddresses";
    private static final String ASSOCIATE = "AssociateAddress";
    private static final String COMPLETE = "CompleteLifecycleAction";

    private static final Executions EXECUTIONS = new Executions(Endpoints.ministack());
    private static final Pool MOTO = new Pool(Endpoints.moto());
    private static final Wire WIRE = new Wire();

    private static Deployment stack;

    @BeforeAll
    static void deploy() {
        stack = Deployment.of(
                "eip",
                WIRE.url(),
                "DeadlineSeconds=20",
                "WaitSeconds=2",
                "HeartbeatSeconds=60",
                "HookPoolTagKeys=Application,Service",
                "TerminateHookNames=disassociate-eip");
    }

    @AfterAll
    static void close() {
        WIRE.close();
    }

    @BeforeEach
    void emptyPool() {
        WIRE.reset();
        WIRE.passOn(Endpoints.moto());
        WIRE.passOn(COMPLETE, Endpoints.ministack());
        WIRE.passOn("RecordLifecycleActionHeartbeat", Endpoints.ministack()); // which accepts every one
        MOTO.clear();
    }

    @Test
    void launchGetsAnAddressOfThePoolAndGoesOn() {
        var instance = MOTO.runInstance();
        var address = MOTO.allocate();
        var event = Events.sentNow("launch.json", instance);

        var ended = launch(event);

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.states())
                .containsExactly(
                        "FindFreeEip", "EipFound", "AssociateEip", "EipAssociated", "CompleteLifecycleContinue");
        assertThat(ended.output().path("instanceId").asText()).isEqualTo(instance);
        assertThat(ended.output().at("/eip/allocationId").asText()).isEqualTo(address);
        assertThat(ended.output().path("found").asText()).isEqualTo("Found");
        assertThat(ended.output().path("result").asText()).isEqualTo("CONTINUE");
        assertThat(ended.output().path("lifecycleAction").asText()).isEqualTo("Completed");
        assertThat(MOTO.holders()).containsEntry(address, instance);
        assertThat(WIRE.sent(COMPLETE))
                .singleElement()
                .satisfies(sent -> assertThat(sent)
                        .containsEntry("LifecycleActionResult", "CONTINUE")
                        .containsEntry("LifecycleActionToken", token(event))
                        .containsEntry("AutoScalingGroupName", "forward-proxy")
                        .containsEntry("LifecycleHookName", "associate-eip"));
    }

    @Test
    void hookWithAPoolOfItsOwnGetsAnAddressOfThatPool() {
        var instance = MOTO.runInstance();
        var ofTheStack = MOTO.allocate();
        var address = MOTO.allocate(Map.of("Application", "MailGateway"));

        assertThat(launch(Events.sentNow("launch-of-hook-with-pool.json", instance))
                        .status())
                .isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(MOTO.holders()).isEqualTo(Map.of(address, instance, ofTheStack, ""));
    }

    @Test
    void hookThatNamesATagKeyWhichIsNotAllowedIsAbandoned() {
        var event = Events.sentNow("launch-of-hook-with-pool.json", MOTO.runInstance());
        Events.detail(event).put("NotificationMetadata", "{\"eipPool\": {\"Owner\": \"net\"}}");

        assertAbandoned(launch(event), "eiponlaunch.failure.MalformedMetadataException");
    }

    @Test
    void emptyPoolIsLookedIntoAgainAndAbandonsTheLaunchAtTheDeadline() {
        var ended = launch(Events.sentNow("launch.json", MOTO.runInstance()));

        assertThat(ended.states())
                .startsWith("FindFreeEip", "EipFound", "WaitForFreeEip", "FindFreeEip", "EipFound")
                .endsWith("EipFound", "CompleteLifecycleAbandon", "LaunchAbandoned");
        assertAbandoned(ended, "NoFreeEip");
        assertThat(ended.cause()).contains("No address of the pool Application=ForwardProxy that i-");
    }

    @Test
    void addressThatBecomesFreeWhileTheLaunchWaitsIsTaken() {
        var instance = MOTO.runInstance();
        WIRE.beforeNext(FIND, () -> WIRE.beforeNext(FIND, MOTO::allocate));

        var ended = launch(Events.sentNow("launch.json", instance));

        assertThat(ended.states())
                .containsSubsequence("WaitForFreeEip", "FindFreeEip", "AssociateEip", "CompleteLifecycleContinue");
        assertThat(MOTO.holders()).hasSize(1).containsValue(instance);
    }

    @Test
    void addressTakenMeanwhileStaysWhereItIsAndTheLaunchLooksAgain() {
        var instance = MOTO.runInstance();
        var rival = MOTO.runInstance();
        var taken = MOTO.allocate();
        WIRE.beforeNext(ASSOCIATE, () -> {
            MOTO.associate(taken, rival);
            MOTO.allocate();
        });

        var ended = launch(Events.sentNow("launch.json", instance));

        assertThat(ended.states())
                .containsExactly(
                        "FindFreeEip",
                        "EipFound",
                        "AssociateEip",
                        "EipAssociated",
                        "FindFreeEip",
                        "EipFound",
                        "AssociateEip",
                        "EipAssociated",
                        "CompleteLifecycleContinue");
        assertThat(MOTO.holders()).hasSize(2).containsEntry(taken, rival).containsValue(instance);
    }

    @Test
    void throttledCallIsRetried() {
        var instance = MOTO.runInstance();
        MOTO.allocate();
        WIRE.answerOnce(FIND, Wire.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));

        var ended = launch(Events.sentNow("launch.json", instance));

        assertThat(ended.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.failedTasks()).isEqualTo(1);
        assertThat(MOTO.holders()).containsValue(instance);
    }

    @Test
    void malformedEventIsAbandonedAtOnce() {
        var event = Events.sentNow("launch-malformed.json");
        MOTO.allocate();

        var ended = launch(event);

        assertThat(ended.states())
                .containsExactly("FindFreeEip", "MayHaveOtherEip", "CompleteLifecycleAbandon", "LaunchAbandoned");
        assertAbandoned(ended, "eiponlaunch.failure.MalformedEventException");
        assertThat(ended.cause()).contains("detail.EC2InstanceId");
        assertThat(WIRE.sent(COMPLETE).get(0)).containsEntry("LifecycleActionToken", token(event));
    }

    @Test
    void instanceThatEc2DoesNotKnowIsWaitedForUntilTheDeadline() {
        var address = MOTO.allocate();

        var ended = launch(Events.sentNow("launch.json"));

        assertAbandoned(ended, "eiponlaunch.failure.DeadlinePassedException");
        assertThat(MOTO.holders()).containsEntry(address, "");
    }

    @Test
    void launchIntoAWarmPoolGoesOnWithoutAnAddress() {
        var address = MOTO.allocate();

        var ended = launch(Events.sentNow("launch-into-warm-pool.json", MOTO.runInstance()));

        assertThat(ended.states()).containsExactly("FindFreeEip", "EipFound", "CompleteLifecycleContinue");
        assertThat(ended.output().path("found").asText()).isEqualTo("WarmPool");
        assertThat(ended.output().get("eip").isNull()).isTrue();
        assertThat(MOTO.holders()).containsEntry(address, "");
        assertThat(WIRE.sent(COMPLETE))
                .singleElement()
                .satisfies(sent -> assertThat(sent).containsEntry("LifecycleActionResult", "CONTINUE"));
    }

    @Test
    void launchOutOfAWarmPoolGetsAnAddress() {
        var instance = MOTO.runInstance();
        var address = MOTO.allocate();

        launch(Events.sentNow("launch-out-of-warm-pool.json", instance));

        assertThat(MOTO.holders()).containsEntry(address, instance);
    }

    @Test
    void duplicateEventStartsNothing() {
        var instance = MOTO.runInstance();
        var address = MOTO.allocate();
        MOTO.allocate();
        var event = Events.sentNow("launch.json", instance);
        launch(event);

        var again = EXECUTIONS.run(stack.output("StartOnceArn"), event);

        assertThat(again.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(again.states()).containsExactly("StartOnce", "DuplicateEvent");
        assertThat(MOTO.holders().values()).as("one address, not two").containsExactlyInAnyOrder(instance, "");
        assertThat(MOTO.holders()).containsKey(address);
        assertThat(WIRE.sent(COMPLETE)).hasSize(1);
    }

    @Test
    void refusedContinueIsAbandoned() {
        MOTO.allocate();
        WIRE.answerOnce(COMPLETE, Wire.autoScalingError(400, "ValidationError", "not accepted"));

        var ended = launch(Events.sentNow("launch.json", MOTO.runInstance()));

        assertThat(ended.states()).endsWith("CompleteLifecycleContinue", "CompleteLifecycleAbandon", "LaunchAbandoned");
        assertThat(ended.error()).isEqualTo("ContinueFailed");
        assertThat(WIRE.sent(COMPLETE))
                .extracting(sent -> sent.get("LifecycleActionResult"))
                .containsExactly("CONTINUE", "ABANDON");
    }

    @Test
    void refusedAbandonIsReported() {
        WIRE.answer(COMPLETE, Wire.autoScalingError(400, "ValidationError", "not accepted"));

        var ended = launch(Events.sentNow("launch-malformed.json"));

        assertThat(ended.states()).endsWith("CompleteLifecycleAbandon", "AbandonNotSent");
        assertThat(ended.cause()).contains("ABANDON: not sent, eiponlaunch.failure.UnexpectedAwsErrorException");
    }

    @Test
    void terminatingInstanceGivesItsAddressBackAndItsTerminationGoesOn() {
        var instance = MOTO.runInstance();
        var address = MOTO.allocate();
        MOTO.associate(address, instance);
        var event = Events.sentNow("instance-terminate.json", instance);

        var ended = terminate(event);

        assertThat(ended.status()).as("%s", ended).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.states())
                .containsExactly("DisassociateEip", "CompleteLifecycleContinue", "EipReleased", "TerminationContinued");
        assertThat(MOTO.holders()).containsEntry(address, "");
        assertContinued(event);
    }

    @Test
    void eventOfATerminationThatComesTwiceTakesNothingFromTheNextInstance() {
        var instance = MOTO.runInstance();
        var successor = MOTO.runInstance();
        var address = MOTO.allocate();
        MOTO.associate(address, instance);
        var event = Events.sentNow("instance-terminate.json", instance);
        terminate(event);
        MOTO.associate(address, successor);
        WIRE.answer(
                COMPLETE, Wire.autoScalingError(400, "ValidationError", "No active Lifecycle Action found with token"));

        var again = terminate(event);

        assertThat(again.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(again.states()).endsWith("TerminationContinued");
        assertThat(WIRE.sent("DisassociateAddress")).hasSize(1);
        assertThat(MOTO.holders()).containsEntry(address, successor);
    }

    @Test
    void terminationGoesOnWhenTheAddressCannotBeGivenBack() {
        var instance = MOTO.runInstance();
        var address = MOTO.allocate();
        MOTO.associate(address, instance);
        WIRE.answer("DisassociateAddress", Wire.ec2Error(403, "UnauthorizedOperation", "You are not authorized."));
        var event = Events.sentNow("instance-terminate.json", instance);

        var ended = terminate(event);

        assertThat(ended.states()).endsWith("CompleteLifecycleContinue", "EipReleased", "EipNotReleased");
        assertThat(ended.error()).isEqualTo("EipNotReleased");
        assertThat(ended.cause())
                .contains(instance, "eiponlaunch.failure.AccessDeniedException")
                .endsWith("CONTINUE: Completed.");
        assertThat(MOTO.holders()).containsEntry(address, instance);
        assertContinued(event);
    }

    /** Outputs are left to the simulator's tests: ministack ignores that of a Succeed state. */
    private static Ended terminate(ObjectNode event) {
        return EXECUTIONS.run(stack.output("EipOnTerminateArn"), event);
    }

    private static void assertContinued(ObjectNode event) {
        assertThat(WIRE.sent(COMPLETE))
                .singleElement()
                .satisfies(sent -> assertThat(sent)
                        .containsEntry("LifecycleActionResult", "CONTINUE")
                        .containsEntry("LifecycleActionToken", token(event))
                        .containsEntry("LifecycleHookName", "disassociate-eip"));
    }

    /** ministack sends the events of executions that Step Functions documents, and its rules match and transform them. */
    @Test
    void theExampleOfEventsSendsEachAssociationToItsQueueAndNoFailure() throws Exception {
        var associations = Associations.of(stack.output("EipOnLaunchArn"));
        var instance = MOTO.runInstance();
        var address = MOTO.allocate();
        var event = Events.sentNow("launch.json", instance);

        var ended = launch(event);
        launch(Events.sentNow("launch.json", MOTO.runInstance())); // finds no address, and fails

        assertThat(associations.messages()).singleElement().satisfies(message -> {
            assertThat(message.path("execution").asText())
                    .isEqualTo(LifecycleAction.of(Events.plain(event)).execution());
            assertThat(message.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
            assertThat(Events.json(message.path("output").asText())).isEqualTo(ended.output());
        });
        assertThat(ended.output().at("/eip/allocationId").asText()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({"LaunchRuleName, launch.json", "TerminateRuleName, instance-terminate.json"})
    void ruleAcceptsTheSampleEventAndRefusesOneOfAnotherHook(String rule, String file) {
        var events = Endpoints.client(
                EventBridgeClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()),
                Endpoints.ministack());
        var pattern =
                events.describeRule(request -> request.name(stack.output(rule))).eventPattern();
        var sample = Events.read(file);
        var other = Events.read(file);
        Events.detail(other).put("LifecycleHookName", "another-hook");

        assertThat(List.of(sample, other))
                .extracting(event -> events.testEventPattern(
                                request -> request.eventPattern(pattern).event(event.toString()))
                        .result())
                .containsExactly(true, false);
    }

    /** Starts the event's execution as EventBridge does and waits for the end of the one that StartOnce starts. */
    private static Ended launch(ObjectNode event) {
        var started = EXECUTIONS.run(stack.output("StartOnceArn"), event);
        assertThat(started.status()).as("%s", started).isEqualTo(ExecutionStatus.SUCCEEDED);
        var execution = started.output().path("executionArn").asText();
        assertThat(execution)
                .endsWith(":" + LifecycleAction.of(Events.plain(event)).execution());
        return EXECUTIONS.await(execution);
    }

    private static void assertAbandoned(Ended ended, String error) {
        assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(ended.error()).isEqualTo(error);
        assertThat(ended.cause()).endsWith("ABANDON: Completed.");
        assertThat(WIRE.sent(COMPLETE))
                .singleElement()
                .satisfies(sent -> assertThat(sent).containsEntry("LifecycleActionResult", "ABANDON"));
    }

    private static String token(ObjectNode event) {
        return Events.detail(event).path("LifecycleActionToken").asText();
    }
}
