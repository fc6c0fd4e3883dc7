package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.RetrofitRun.count;
import static eiponlaunch.simulator.workflow.RetrofitRun.input;
import static eiponlaunch.simulator.workflow.RetrofitRun.instance;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.engine.Execution;
import eiponlaunch.simulator.engine.ExecutionStatus;
import eiponlaunch.simulator.engine.HistoryEvent;
import eiponlaunch.simulator.faults.Outage;
import eiponlaunch.simulator.world.CallFault;
import eiponlaunch.simulator.world.CloudSettings;
import eiponlaunch.simulator.world.InvocationFault;
import eiponlaunch.simulator.world.LifecycleHold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class RetrofitTest {
    private static final CallFault THROTTLED =
            CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");

    @Test
    void everyInstanceInServiceGetsAnAddressOfItsOwn() {
        var retrofit = new RetrofitRun(12, 12).start(input(false)).run();

        assertThat(retrofit.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(retrofit.only(), "associated")).isEqualTo(12);
        assertThat(retrofit.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(retrofit.run.result.conflicts()).isZero();
        assertHolds(retrofit);
    }

    @Test
    void itsOutputNamesEveryInstanceWithWhatItGot() {
        var retrofit = new RetrofitRun(2, 2).start(input(false)).run();

        assertThat(RetrofitRun.instances(retrofit.only())).allSatisfy(entry -> {
            assertThat(entry.get("outcome")).isEqualTo("Associated");
            assertThat(((Map<?, ?>) entry.get("eip")).get("allocationId"))
                    .isEqualTo(retrofit.run.addressOf((String) entry.get("instanceId")));
        });
        assertThat(retrofit.only().output())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("autoScalingGroupName", RetrofitRun.GROUP)
                .containsEntry("dryRun", false);
    }

    @Test
    void aSecondRunChangesNothing() {
        var retrofit = new RetrofitRun(6, 8)
                .start(input(false))
                .start(Duration.ofHours(2), input(false))
                .run();

        assertThat(count(retrofit.executions.get(1), "alreadyHeld")).isEqualTo(6);
        assertThat(retrofit.run.calls("AssociateAddress"))
                .as("one for the launch")
                .isEqualTo(7);
        assertHolds(retrofit);
    }

    @Test
    void aDryRunSaysWhatTheRunThenDoesAndWritesNothing() {
        var retrofit = new RetrofitRun(6, 6)
                .start(input(true))
                .at(
                        Duration.ofMinutes(70),
                        simulation -> assertThat(simulation.ec2().addressOf(instance(1)))
                                .isNull())
                .start(Duration.ofHours(2), input(false))
                .run();

        var dry = retrofit.executions.get(0);
        assertThat(dry.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(dry, "wouldAssociate")).isEqualTo(6);
        assertThat(addresses(dry)).isEqualTo(addresses(retrofit.executions.get(1)));
        assertThat(retrofit.run.calls("AssociateAddress")).isEqualTo(7);
        assertHolds(retrofit);
    }

    @Test
    void aDryRunTellsThatThePoolIsTooSmall() {
        var retrofit = new RetrofitRun(6, 4).start(input(true)).run();

        assertThat(retrofit.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(retrofit.only().cause().orElseThrow())
                .startsWith("Dry run, nothing was changed. 2 of 6 instances in service of old-proxies would stay"
                        + " without an address. " + instance(5) + ": NoFreeEip: ")
                .contains(instance(6));
        assertHolds(retrofit);
    }

    @Test
    void anInstanceWithAnAddressOfThePoolKeepsIt() {
        var retrofit = new RetrofitRun(3, 3)
                .at(
                        Duration.ofMinutes(30),
                        simulation ->
                                simulation.ec2().associate(free(simulation.ec2()::address, 4), instance(2), false))
                .start(input(false))
                .run();

        assertThat(count(retrofit.only(), "alreadyHeld")).isEqualTo(1);
        assertThat(count(retrofit.only(), "associated")).isEqualTo(2);
        assertThat(retrofit.run.addressOf(instance(2))).isEqualTo(allocation(4));
        assertHolds(retrofit);
    }

    @Test
    void aPoolThatIsTooSmallFailsForTheRestAndALaterRunGoesOn() {
        var retrofit = new RetrofitRun(7, 4)
                .start(input(false))
                .at(Duration.ofMinutes(90), simulation -> {
                    for (var number = 100; number < 103; number++) {
                        simulation
                                .ec2()
                                .allocate(
                                        allocation(number),
                                        "198.18.1." + number,
                                        Map.of("Application", "ForwardProxy"));
                    }
                })
                .start(Duration.ofHours(2), input(false))
                .run();

        var first = retrofit.executions.get(0);
        assertThat(first.error()).contains("SomeInstancesWithoutEip");
        assertThat(first.cause().orElseThrow())
                .startsWith("3 of 7 instances in service of old-proxies are without an address. ");
        assertThat(retrofit.executions.get(1).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(retrofit.executions.get(1), "associated")).isEqualTo(3);
        assertThat(retrofit.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertHolds(retrofit);
    }

    @Test
    void instancesThatAreNotInServiceAreLeftOut() {
        var retrofit = new RetrofitRun(3, 3)
                .at(Duration.ofMinutes(59), simulation -> simulation.ec2().terminate(instance(2)))
                .at(
                        Duration.ofMinutes(59),
                        simulation -> simulation
                                .ec2()
                                .launch(
                                        "i-0fffffffffffffff1",
                                        InstanceStateName.PENDING,
                                        1,
                                        Map.of("aws:autoscaling:groupName", RetrofitRun.GROUP)))
                .start(input(false))
                .run();

        assertThat(RetrofitRun.instances(retrofit.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(3));
    }

    @Test
    void anInstanceThatALaunchHookHoldsIsLeftToItsLaunch() {
        var held = new ArrayList<String>();
        var retrofit = new RetrofitRun(0, 1)
                .with(workflow -> workflow.event(event -> {}))
                .start(Duration.ofSeconds(1), Map.of("autoScalingGroupName", "forward-proxy"))
                .with(workflow -> workflow.late(Duration.ofSeconds(5)))
                .at(
                        Duration.ofSeconds(2),
                        simulation -> held.add(simulation.ec2().addressOf(Workflow.INSTANCE)))
                .run();

        assertThat(RetrofitRun.instances(retrofit.only())).isEmpty();
        assertThat(held).containsExactly((String) null);
        assertHolds(retrofit);
    }

    @Test
    void anInstanceThatATerminatingHookHoldsIsLeftOut() {
        var hold = new LifecycleHold(
                RetrofitRun.GROUP,
                "disassociate-eip",
                "11111111-1111-1111-1111-111111111111",
                instance(2),
                Workflow.EVENT.plus(Duration.ofMinutes(70)),
                false,
                true,
                false);
        var retrofit = new RetrofitRun(3, 3)
                .at(Duration.ofMinutes(59), simulation -> simulation.hooks().hold(hold))
                .start(input(false))
                .run();

        assertThat(RetrofitRun.instances(retrofit.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(3));
        assertHolds(retrofit);
    }

    @Test
    void oneInstanceThatFailsDoesNotStopTheOthers() {
        var retrofit = new RetrofitRun(3, 4).start(input(false));
        retrofit.at(
                Duration.ofMinutes(59),
                simulation -> retrofit.faults.next(
                        "AssociateAddress",
                        CallFault.refused("IncorrectInstanceState", 400, "It is being terminated.")));
        retrofit.run();

        assertThat(retrofit.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(retrofit.only().cause().orElseThrow())
                .startsWith("1 of 3 ")
                .contains(instance(1) + ": eiponlaunch.failure.InstanceGoneException: AssociateEip failed for ");
        assertThat(retrofit.addresses()).filteredOn(address -> address != null).hasSize(2);
        assertHolds(retrofit);
    }

    @Test
    void neverMoreThanFiveInstancesAtATime() {
        var retrofit = new RetrofitRun(23, 23)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .run();

        var running = 0;
        var most = 0;
        for (var event : retrofit.events) {
            running += step(event);
            most = Math.max(most, running);
        }
        assertThat(most).isEqualTo(5);
        assertThat(retrofit.run.result.conflicts()).isZero();
        assertHolds(retrofit);
    }

    private static int step(HistoryEvent event) {
        return switch (event.type()) {
            case "MapIterationStarted" -> 1;
            case "MapIterationSucceeded" -> -1;
            default -> 0;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"AssociateAddress", "DescribeAddresses", "DescribeInstances", "DescribeAutoScalingGroups"})
    void throttlingIsWaitedOut(String api) {
        var retrofit = new RetrofitRun(4, 4).start(input(false));
        var end = Workflow.EVENT.plus(Duration.ofMinutes(61));
        retrofit.faults.every(
                api,
                THROTTLED,
                now -> now.isAfter(Workflow.EVENT.plus(Duration.ofMinutes(59)))
                        && now.isBefore(
                                api.equals("DescribeAutoScalingGroups")
                                        ? Workflow.EVENT.plus(Duration.ofSeconds(3603))
                                        : end));
        retrofit.run();

        assertThat(retrofit.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(retrofit.addresses()).doesNotContainNull();
        assertHolds(retrofit);
    }

    @Test
    void aLostResponseOfTheAssociationGivesNoSecondAddress() {
        var retrofit = new RetrofitRun(3, 5).start(input(false));
        retrofit.at(Duration.ofMinutes(59), simulation -> {
            retrofit.faults.next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
            retrofit.faults.nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER);
        });
        retrofit.run();

        assertThat(retrofit.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(retrofit);
    }

    @ParameterizedTest
    @EnumSource(Outage.Service.class)
    void anOutageOfFiveMinutesIsSatOut(Outage.Service service) {
        var retrofit = new RetrofitRun(7, 7).start(input(false));
        retrofit.faults.outage(new Outage(service, Workflow.EVENT.plusSeconds(3500), Workflow.EVENT.plusSeconds(3900)));
        retrofit.run();

        assertThat(retrofit.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(retrofit);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outage.Service.class,
            names = {"LAMBDA", "EC2", "AUTO_SCALING"})
    void anOutageThatLastsEndsItInTime(Outage.Service service) {
        var retrofit = new RetrofitRun(40, 40).start(input(false));
        retrofit.faults.outage(
                new Outage(service, Workflow.EVENT.plusSeconds(3500), Workflow.EVENT.plusSeconds(99_999)));
        retrofit.run();

        assertThat(retrofit.only().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(Duration.between(
                        retrofit.only().start(), retrofit.only().stop().orElseThrow()))
                .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(800));
        assertThat(retrofit.only().historyEvents()).isLessThan(12_500);
    }

    @Test
    void aStrangerThatTakesTheAddressMakesItLookAgain() {
        var retrofit = new RetrofitRun(1, 2).start(input(false)).at(Duration.ofSeconds(3603), simulation -> {
            simulation.ec2().launch("i-0fffffffffffffff1", InstanceStateName.RUNNING, 1, Map.of());
            simulation.ec2().associate(free(simulation.ec2()::address, 2), "i-0fffffffffffffff1", false);
        });
        retrofit.faults.every(
                "AssociateAddress",
                THROTTLED,
                now -> now.isAfter(Workflow.EVENT.plusSeconds(3500)) && now.isBefore(Workflow.EVENT.plusSeconds(3608)));
        retrofit.run();

        assertThat(retrofit.run.result.conflicts()).isEqualTo(1);
        assertThat(retrofit.addresses()).containsExactly(allocation(3));
        assertHolds(retrofit);
    }

    /** Two runs that see the instances in different orders would give them each other's addresses. */
    @Test
    void theOrderIsThatOfTheInstancesIdsWhateverTheOrderInWhichAutoScalingListsThem() {
        var retrofit =
                new RetrofitRun(6, 6).launchedInReverse().start(input(false)).run();

        assertThat(RetrofitRun.instances(retrofit.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(2), instance(3), instance(4), instance(5), instance(6));
        assertThat(retrofit.addresses())
                .containsExactly(
                        allocation(2), allocation(3), allocation(4), allocation(5), allocation(6), allocation(7));
        assertHolds(retrofit);
    }

    @Test
    void itLooksAgainAfterItsTurnAsItsAddressMayBeTakenByThen() {
        var start = Duration.ofHours(1);
        var turn = new ArrayList<Object>();
        var retrofit = new RetrofitRun(1, 100)
                .with(workflow -> workflow.parameter("InstanceTagKey", "Role") // one queue with the launches
                        .parameter("InstanceTagValue", "proxy"))
                .at(
                        start.minusSeconds(1),
                        simulation -> launching(80)
                                .forEach(id -> simulation
                                        .ec2()
                                        .launch(id, InstanceStateName.RUNNING, 1, Map.of("Role", "proxy"))))
                .start(start, input(false));
        retrofit.at(start.plusSeconds(3), simulation -> {
            var found = retrofit.lastFound();
            turn.add(found.get("secondsUntilTurn"));
            var stranger = "i-0fffffffffffffff1";
            simulation.ec2().launch(stranger, InstanceStateName.RUNNING, 1, Map.of());
            simulation
                    .ec2()
                    .associate(
                            ((Map<?, ?>) found.get("eip")).get("allocationId").toString(), stranger, false);
            launching(80).forEach(id -> simulation.ec2().setState(id, InstanceStateName.SHUTTING_DOWN));
        });
        retrofit.run();

        assertThat(turn).containsExactly(6);
        assertThat(count(retrofit.only(), "associated")).isEqualTo(1);
        assertThat(retrofit.run.result.conflicts()).isZero();
        assertHolds(retrofit);
    }

    private static List<String> launching(int instances) {
        return IntStream.range(0, instances)
                .mapToObj(number -> String.format("i-%017x", (1L << 40) + number))
                .toList();
    }

    /** It has no lifecycle action; whoever reads the logs or answers to a token must not take it for one. */
    @Test
    void theFunctionsAreGivenTheNilUuidInPlaceOfALifecycleActionsToken() {
        var retrofit = new RetrofitRun(3, 3).start(input(false)).run();

        assertThat(retrofit.tokens()).hasSize(6).containsOnly("00000000-0000-0000-0000-000000000000");
    }

    @Test
    void anErrorWithALongCauseHidesNoOtherInstance() {
        var retrofit = failing(5, "AssociateAddress", "Gateway.NotAttached", "x".repeat(40_000));

        assertThat(retrofit.only().cause().orElseThrow())
                .startsWith("5 of 5 ")
                .contains(instance(1), instance(2), instance(3), instance(4), instance(5));
    }

    /** Step Functions takes no more than 32,768 characters. */
    @Test
    void theCauseIsNoLongerThanStepFunctionsTakes() {
        var retrofit = failing(100, "DescribeAddresses", "UnauthorizedOperation", "x".repeat(1000));

        assertThat(retrofit.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(retrofit.only().cause().orElseThrow())
                .startsWith("100 of 100 ")
                .contains(instance(1))
                .hasSizeLessThan(32_768);
    }

    /** EC2 refuses the call for all of them, with this message. */
    private static RetrofitRun failing(int instances, String api, String code, String message) {
        var retrofit = new RetrofitRun(instances, instances).start(input(false));
        retrofit.faults.every(
                api,
                CallFault.refused(code, 400, message),
                now -> now.isAfter(Workflow.EVENT.plus(Duration.ofMinutes(59))));
        return retrofit.run();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void twoRunsAtOnceGiveEachInstanceOneAddress(long seed) {
        var retrofit = new RetrofitRun(60, 60)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .start(Duration.ofMillis(3_600_700), input(false))
                .run();

        assertThat(retrofit.executions)
                .allSatisfy(execution -> assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
        assertThat(retrofit.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertHolds(retrofit);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aRunBesideALaunchStormTakesNothingFromIt(long seed) {
        var retrofit = new RetrofitRun(20, 120)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .with(workflow -> workflow.launches(100))
                .start(Duration.ofSeconds(1), Map.of("autoScalingGroupName", RetrofitRun.GROUP))
                .run();

        assertThat(retrofit.run.result.continued()).isEqualTo(100);
        assertThat(retrofit.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(retrofit);
    }

    @Test
    void anotherPoolMayBeChosenByTheKeysThatHooksMayName() {
        var input = Map.of("autoScalingGroupName", RetrofitRun.GROUP, "eipPool", Map.of("Application", "MailGateway"));
        var retrofit = new RetrofitRun(1, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(
                        Duration.ofMinutes(1),
                        simulation -> simulation
                                .ec2()
                                .allocate("eipalloc-mail", "198.18.9.9", Map.of("Application", "MailGateway")))
                .start(input)
                .run();

        assertThat(retrofit.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(retrofit.addresses()).containsExactly("eipalloc-mail");
        assertHolds(retrofit);
    }

    @Test
    void aPoolThatHooksMayNotNameIsRefused() {
        var retrofit = new RetrofitRun(1, 3)
                .start(Map.of("autoScalingGroupName", RetrofitRun.GROUP, "eipPool", Map.of("Owner", "net")))
                .run();

        assertThat(retrofit.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(retrofit.only().cause().orElseThrow()).contains("eiponlaunch.failure.MalformedMetadataException");
        assertHolds(retrofit);
    }

    @Test
    void aGroupThatDoesNotExistFails() {
        var retrofit = new RetrofitRun(0, 1)
                .start(Map.of("autoScalingGroupName", "no-such-group"))
                .run();

        assertThat(retrofit.only().error()).contains("GroupNotFound");
        assertThat(retrofit.only().cause().orElseThrow()).contains("no-such-group");
    }

    @Test
    void aGroupThatCannotBeDescribedFailsWithTheErrorOfAws() {
        var retrofit = new RetrofitRun(1, 1).start(input(false));
        retrofit.faults.every("DescribeAutoScalingGroups", CallFault.refused("AccessDenied", 403, "not authorized"));
        retrofit.run();

        assertThat(retrofit.only().error()).contains("AutoScaling.AutoScalingException");
        assertThat(retrofit.only().cause().orElseThrow()).startsWith("not authorized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "'old-proxies'",
                "{'autoScalingGroupName': ''}",
                "{'autoScalingGroupName': 7}",
                "{'autoScalingGroupName': ['a']}",
                "{'autoScalingGroupName': 'old-proxies', 'dryRun': 'yes'}",
                "{'autoScalingGroupName': 'old-proxies', 'dryRun': null}",
                "{'autoScalingGroupName': 'old-proxies', 'eipPool': 'Application=MailGateway'}"
            })
    void aMalformedInputFailsBeforeAnyCall(String input) throws Exception {
        var retrofit = new RetrofitRun(1, 1)
                .start(new ObjectMapper().readValue(input.replace('\'', '"'), Object.class))
                .run();

        assertThat(retrofit.only().error()).contains("MalformedInput");
        assertThat(retrofit.run.calls("DescribeAutoScalingGroups")).isZero();
    }

    private static List<Object> addresses(Execution execution) {
        return RetrofitRun.instances(execution).stream()
                .<Object>map(entry -> List.of(entry.get("instanceId"), entry.get("eip")))
                .toList();
    }

    private static String allocation(int number) {
        return String.format("eipalloc-%017x", number);
    }

    private static String free(Function<String, Address> address, int number) {
        assertThat(address.apply(allocation(number)).associationId()).isNull();
        return allocation(number);
    }

    private static void assertHolds(RetrofitRun retrofit) {
        assertThat(retrofit.run.result.violations()).isEmpty();
    }
}
