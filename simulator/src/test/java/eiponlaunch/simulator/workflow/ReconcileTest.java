package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.ReconcileRun.count;
import static eiponlaunch.simulator.workflow.ReconcileRun.input;
import static eiponlaunch.simulator.workflow.ReconcileRun.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import asl.execution.Execution;
import asl.execution.ExecutionStatus;
import asl.execution.HistoryEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.faults.Outage;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

class ReconcileTest {
    private static final long HALF_OF_THE_QUOTA = 12_500;
    private static final CallFault THROTTLED =
            CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");

    @Test
    void everyInstanceInServiceGetsAnAddressOfItsOwn() {
        var reconcile = new ReconcileRun(12, 12).start(input(false)).run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(12);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(reconcile.run.result.conflicts()).isZero();
        assertHolds(reconcile);
    }

    @Test
    void itsOutputNamesEveryInstanceWithWhatItGot() {
        var reconcile = new ReconcileRun(2, 2).start(input(false)).run();

        assertThat(ReconcileRun.instances(reconcile.only())).allSatisfy(entry -> {
            assertThat(entry.get("outcome")).isEqualTo("Associated");
            assertThat(((Map<?, ?>) entry.get("eip")).get("allocationId"))
                    .isEqualTo(reconcile.run.addressOf((String) entry.get("instanceId")));
        });
        assertThat(reconcile.only().output())
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("autoScalingGroupName", ReconcileRun.GROUP)
                .containsEntry("dryRun", false);
    }

    @Test
    void aSecondRunChangesNothing() {
        var reconcile = new ReconcileRun(6, 8)
                .start(input(false))
                .start(Duration.ofHours(2), input(false))
                .run();

        assertThat(count(reconcile.executions.get(1), "alreadyHeld")).isEqualTo(6);
        assertThat(reconcile.run.calls("AssociateAddress"))
                .as("one for the launch")
                .isEqualTo(7);
        assertHolds(reconcile);
    }

    @Test
    void aDryRunSaysWhatTheRunThenDoesAndWritesNothing() {
        var reconcile = new ReconcileRun(6, 6)
                .start(input(true))
                .at(
                        Duration.ofMinutes(70),
                        simulation -> assertThat(simulation.ec2().addressOf(instance(1)))
                                .isNull())
                .start(Duration.ofHours(2), input(false))
                .run();

        var dry = reconcile.executions.get(0);
        assertThat(dry.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(dry, "wouldAssociate")).isEqualTo(6);
        assertThat(addresses(dry)).isEqualTo(addresses(reconcile.executions.get(1)));
        assertThat(reconcile.run.calls("AssociateAddress")).isEqualTo(7);
        assertHolds(reconcile);
    }

    @Test
    void aDryRunTellsThatThePoolIsTooSmall() {
        var reconcile = new ReconcileRun(6, 4).start(input(true)).run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("Dry run, nothing was changed. 2 of 6 instances in service of old-proxies would stay"
                        + " without an address. " + instance(5) + ": NoFreeEip: ")
                .contains(instance(6));
        assertHolds(reconcile);
    }

    @Test
    void anInstanceWithAnAddressOfThePoolKeepsIt() {
        var reconcile = new ReconcileRun(3, 3)
                .at(
                        Duration.ofMinutes(30),
                        simulation ->
                                simulation.ec2().associate(free(simulation.ec2()::address, 4), instance(2), false))
                .start(input(false))
                .run();

        assertThat(count(reconcile.only(), "alreadyHeld")).isEqualTo(1);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(2);
        assertThat(reconcile.run.addressOf(instance(2))).isEqualTo(allocation(4));
        assertHolds(reconcile);
    }

    @Test
    void aPoolThatIsTooSmallFailsForTheRestAndALaterRunGoesOn() {
        var reconcile = new ReconcileRun(7, 4)
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

        var first = reconcile.executions.get(0);
        assertThat(first.error()).contains("SomeInstancesWithoutEip");
        assertThat(first.cause().orElseThrow())
                .startsWith("3 of 7 instances in service of old-proxies are without an address. ");
        assertThat(reconcile.executions.get(1).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(count(reconcile.executions.get(1), "associated")).isEqualTo(3);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertHolds(reconcile);
    }

    @Test
    void instancesThatAreNotInServiceAreLeftOut() {
        var reconcile = new ReconcileRun(3, 3)
                .at(Duration.ofMinutes(59), simulation -> simulation.ec2().terminate(instance(2)))
                .at(
                        Duration.ofMinutes(59),
                        simulation -> simulation
                                .ec2()
                                .launch(
                                        "i-0fffffffffffffff1",
                                        InstanceStateName.PENDING,
                                        1,
                                        Map.of("aws:autoscaling:groupName", ReconcileRun.GROUP)))
                .start(input(false))
                .run();

        assertThat(ReconcileRun.instances(reconcile.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(3));
    }

    @Test
    void anInstanceThatALaunchHookHoldsIsLeftToItsLaunch() {
        var held = new ArrayList<String>();
        var reconcile = new ReconcileRun(0, 1)
                .with(workflow -> workflow.event(event -> {}))
                .start(Duration.ofSeconds(1), Map.of("autoScalingGroupName", "forward-proxy"))
                .with(workflow -> workflow.late(Duration.ofSeconds(5)))
                .at(
                        Duration.ofSeconds(2),
                        simulation -> held.add(simulation.ec2().addressOf(Workflow.INSTANCE)))
                .run();

        assertThat(ReconcileRun.instances(reconcile.only())).isEmpty();
        assertThat(held).containsExactly((String) null);
        assertHolds(reconcile);
    }

    @Test
    void anInstanceThatATerminatingHookHoldsIsLeftOut() {
        var hold = new LifecycleHold(
                ReconcileRun.GROUP,
                "disassociate-eip",
                "11111111-1111-1111-1111-111111111111",
                instance(2),
                Workflow.EVENT.plus(Duration.ofMinutes(70)),
                false,
                true,
                false);
        var reconcile = new ReconcileRun(3, 3)
                .at(Duration.ofMinutes(59), simulation -> simulation.hooks().hold(hold))
                .start(input(false))
                .run();

        assertThat(ReconcileRun.instances(reconcile.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(3));
        assertHolds(reconcile);
    }

    @Test
    void oneInstanceThatFailsDoesNotStopTheOthers() {
        var reconcile = new ReconcileRun(3, 4).start(input(false));
        reconcile.at(
                Duration.ofMinutes(59),
                simulation -> reconcile.faults.next(
                        "AssociateAddress",
                        CallFault.refused("IncorrectInstanceState", 400, "It is being terminated.")));
        reconcile.run();

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("1 of 3 ")
                .contains(instance(1) + ": eiponlaunch.failure.InstanceGoneException: AssociateEip failed for ");
        assertThat(reconcile.addresses()).filteredOn(address -> address != null).hasSize(2);
        assertHolds(reconcile);
    }

    @Test
    void neverMoreThanFiveInstancesAtATime() {
        var reconcile = new ReconcileRun(23, 23)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .run();

        var running = 0;
        var most = 0;
        for (var event : reconcile.events) {
            running += step(event);
            most = Math.max(most, running);
        }
        assertThat(most).isEqualTo(5);
        assertThat(reconcile.run.result.conflicts()).isZero();
        assertHolds(reconcile);
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
        var reconcile = new ReconcileRun(4, 4).start(input(false));
        var end = Workflow.EVENT.plus(Duration.ofMinutes(61));
        reconcile.faults.every(
                api,
                THROTTLED,
                now -> now.isAfter(Workflow.EVENT.plus(Duration.ofMinutes(59)))
                        && now.isBefore(
                                api.equals("DescribeAutoScalingGroups")
                                        ? Workflow.EVENT.plus(Duration.ofSeconds(3603))
                                        : end));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).doesNotContainNull();
        assertHolds(reconcile);
    }

    @Test
    void aLostResponseOfTheAssociationGivesNoSecondAddress() {
        var reconcile = new ReconcileRun(3, 5).start(input(false));
        reconcile.at(Duration.ofMinutes(59), simulation -> {
            reconcile.faults.next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
            reconcile.faults.nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER);
        });
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(reconcile);
    }

    @ParameterizedTest
    @EnumSource(Outage.Service.class)
    void anOutageOfFiveMinutesIsSatOut(Outage.Service service) {
        var reconcile = new ReconcileRun(7, 7).start(input(false));
        reconcile.faults.outage(
                new Outage(service, Workflow.EVENT.plusSeconds(3500), Workflow.EVENT.plusSeconds(3900)));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(reconcile);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outage.Service.class,
            names = {"LAMBDA", "EC2", "AUTO_SCALING"})
    void anOutageThatLastsEndsItInTime(Outage.Service service) {
        var reconcile = new ReconcileRun(40, 40).start(input(false));
        reconcile.faults.outage(
                new Outage(service, Workflow.EVENT.plusSeconds(3500), Workflow.EVENT.plusSeconds(99_999)));
        reconcile.run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(Duration.between(
                        reconcile.only().start(), reconcile.only().stop().orElseThrow()))
                .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(800));
        assertThat(reconcile.only().historyEvents()).isLessThan(12_500);
    }

    @Test
    void aStrangerThatTakesTheAddressMakesItLookAgain() {
        var reconcile = new ReconcileRun(1, 2).start(input(false)).at(Duration.ofSeconds(3608), simulation -> {
            simulation.ec2().launch("i-0fffffffffffffff1", InstanceStateName.RUNNING, 1, Map.of());
            simulation.ec2().associate(free(simulation.ec2()::address, 2), "i-0fffffffffffffff1", false);
        });
        reconcile.faults.every(
                "AssociateAddress",
                THROTTLED,
                now -> now.isAfter(Workflow.EVENT.plusSeconds(3500)) && now.isBefore(Workflow.EVENT.plusSeconds(3613)));
        reconcile.run();

        assertThat(reconcile.run.result.conflicts()).isEqualTo(1);
        assertThat(reconcile.addresses()).containsExactly(allocation(3));
        assertHolds(reconcile);
    }

    /** Two runs that see the instances in different orders would give them each other's addresses. */
    @Test
    void theOrderIsThatOfTheInstancesIdsWhateverTheOrderInWhichAutoScalingListsThem() {
        var reconcile =
                new ReconcileRun(6, 6).launchedInReverse().start(input(false)).run();

        assertThat(ReconcileRun.instances(reconcile.only()))
                .<Object>extracting(entry -> entry.get("instanceId"))
                .containsExactly(instance(1), instance(2), instance(3), instance(4), instance(5), instance(6));
        assertThat(reconcile.addresses())
                .containsExactly(
                        allocation(2), allocation(3), allocation(4), allocation(5), allocation(6), allocation(7));
        assertHolds(reconcile);
    }

    @Test
    void itLooksAgainAfterItsTurnAsItsAddressMayBeTakenByThen() {
        var start = Duration.ofHours(1);
        var turn = new ArrayList<Object>();
        var reconcile = new ReconcileRun(1, 100)
                .at(
                        start.minusSeconds(1),
                        simulation -> launching(80).forEach(id -> {
                            simulation.hooks().expect(id);
                            var group = Map.of("aws:autoscaling:groupName", "old-proxies");
                            simulation.ec2().launch(id, InstanceStateName.RUNNING, 1, group);
                        }))
                .start(start, input(false));
        reconcile.at(start.plusSeconds(8), simulation -> {
            var found = reconcile.lastFound();
            turn.add(found.get("secondsUntilTurn"));
            var stranger = "i-0fffffffffffffff1";
            simulation.ec2().launch(stranger, InstanceStateName.RUNNING, 1, Map.of());
            simulation
                    .ec2()
                    .associate(
                            ((Map<?, ?>) found.get("eip")).get("allocationId").toString(), stranger, false);
            launching(80).forEach(id -> simulation.ec2().setState(id, InstanceStateName.SHUTTING_DOWN));
        });
        reconcile.run();

        assertThat(turn).containsExactly(6);
        assertThat(count(reconcile.only(), "associated")).isEqualTo(1);
        assertThat(reconcile.run.result.conflicts()).isZero();
        assertHolds(reconcile);
    }

    private static List<String> launching(int instances) {
        return IntStream.range(0, instances)
                .mapToObj(number -> String.format("i-%017x", (1L << 40) + number))
                .toList();
    }

    /** It has no lifecycle action; whoever reads the logs or answers to a token must not take it for one. */
    @Test
    void theFunctionsAreGivenTheNilUuidInPlaceOfALifecycleActionsToken() {
        var reconcile = new ReconcileRun(3, 3).start(input(false)).run();

        assertThat(reconcile.tokens()).hasSize(6).containsOnly("00000000-0000-0000-0000-000000000000");
    }

    @Test
    void anErrorWithALongCauseHidesNoOtherInstance() {
        var reconcile = failing(5, "AssociateAddress", "Gateway.NotAttached", "x".repeat(40_000));

        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("5 of 5 ")
                .contains(instance(1), instance(2), instance(3), instance(4), instance(5));
    }

    /** Step Functions takes no more than 32,768 characters. */
    @Test
    void theCauseIsNoLongerThanStepFunctionsTakes() {
        var reconcile = failing(100, "AssociateAddress", "Gateway.NotAttached", "x".repeat(1000));

        assertThat(reconcile.only().error()).contains("SomeInstancesWithoutEip");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("100 of 100 ")
                .contains(instance(1))
                .hasSizeLessThan(32_768);
    }

    /** EC2 refuses the call for all of them, with this message. */
    private static ReconcileRun failing(int instances, String api, String code, String message) {
        var reconcile = new ReconcileRun(instances, instances).start(input(false));
        reconcile.faults.every(
                api,
                CallFault.refused(code, 400, message),
                now -> now.isAfter(Workflow.EVENT.plus(Duration.ofMinutes(59))));
        return reconcile.run();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoRunsAtOnceGiveEachInstanceOneAddress(long seed) {
        var reconcile = new ReconcileRun(60, 60)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .start(Duration.ofMillis(3_600_700), input(false))
                .run();

        assertThat(reconcile.executions)
                .allSatisfy(execution -> assertThat(execution.status()).isEqualTo(ExecutionStatus.SUCCEEDED));
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertHolds(reconcile);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aRunBesideALaunchStormTakesNothingFromIt(long seed) {
        var reconcile = new ReconcileRun(20, 120)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .with(workflow -> workflow.launches(100))
                .start(Duration.ofSeconds(1), Map.of("autoScalingGroupName", ReconcileRun.GROUP))
                .run();

        assertThat(reconcile.run.result.continued()).isEqualTo(100);
        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertHolds(reconcile);
    }

    @Test
    void anotherPoolMayBeChosenByTheKeysThatHooksMayName() {
        var input = Map.of("autoScalingGroupName", ReconcileRun.GROUP, "eipPool", Map.of("Application", "MailGateway"));
        var reconcile = new ReconcileRun(1, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(
                        Duration.ofMinutes(1),
                        simulation -> simulation
                                .ec2()
                                .allocate("eipalloc-mail", "198.18.9.9", Map.of("Application", "MailGateway")))
                .start(input)
                .run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).containsExactly("eipalloc-mail");
        assertHolds(reconcile);
    }

    @Test
    void aPoolThatHooksMayNotNameIsRefused() {
        var reconcile = new ReconcileRun(1, 3)
                .start(Map.of("autoScalingGroupName", ReconcileRun.GROUP, "eipPool", Map.of("Owner", "net")))
                .run();

        assertThat(reconcile.only().error()).contains("eiponlaunch.failure.MalformedMetadataException");
        assertThat(reconcile.only().cause().orElseThrow()).contains("not one of HookPoolTagKeys");
        assertHolds(reconcile);
    }

    @Test
    void aGroupThatDoesNotExistFails() {
        var reconcile = new ReconcileRun(0, 1)
                .start(Map.of("autoScalingGroupName", "no-such-group"))
                .run();

        assertThat(reconcile.only().error()).contains("GroupNotFound");
        assertThat(reconcile.only().cause().orElseThrow()).contains("no-such-group");
    }

    @Test
    void aGroupThatCannotBeDescribedFailsWithTheErrorOfTheFunction() {
        var reconcile = new ReconcileRun(1, 1).start(input(false));
        reconcile.faults.every("DescribeAutoScalingGroups", CallFault.refused("AccessDenied", 403, "not authorized"));
        reconcile.run();

        assertThat(reconcile.only().error()).contains("eiponlaunch.failure.AccessDeniedException");
        assertThat(reconcile.only().cause().orElseThrow())
                .contains("FindInstancesWithoutEip for old-proxies failed, AccessDenied: not authorized.");
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
                "{'autoScalingGroupNames': []}",
                "{'autoScalingGroupNames': 'old-proxies'}",
                "{'autoScalingGroupName': 'old-proxies', 'autoScalingGroupNames': ['old-proxies']}",
                "{'autoScalingGroupName': 'old-proxies', 'dryRun': 'yes'}",
                "{'autoScalingGroupName': 'old-proxies', 'dryRun': null}",
                "{'autoScalingGroupName': 'old-proxies', 'eipPool': 'Application=MailGateway'}"
            })
    void aMalformedInputFailsBeforeAnyCall(String input) throws Exception {
        var reconcile = new ReconcileRun(1, 1)
                .start(new ObjectMapper().readValue(input.replace('\'', '"'), Object.class))
                .run();

        assertThat(reconcile.only().error()).contains("MalformedInput");
        assertThat(reconcile.only().cause().orElseThrow())
                .startsWith("The input must be {\"autoScalingGroupName\":")
                .contains("The input");
        assertThat(reconcile.run.calls("DescribeAutoScalingGroups"))
                .as("that of the launch")
                .isOne();
    }

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

    @Test
    void severalGroupsAreServedAndOneThatIsNotThereIsNamed() {
        var reconcile = new ReconcileRun(2, 3)
                .at(
                        Duration.ofMinutes(30),
                        simulation -> simulation
                                .ec2()
                                .launch(
                                        "i-0fffffffffffffff1",
                                        InstanceStateName.RUNNING,
                                        1,
                                        Map.of("aws:autoscaling:groupName", "second")))
                .start(Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP, "no-such-group", "second")))
                .run();

        assertThat(reconcile.only().error()).contains("GroupNotFound");
        assertThat(reconcile.only().cause().orElseThrow())
                .contains("no-such-group")
                .doesNotContain("second");
        assertThat(reconcile.addresses()).doesNotContainNull();
        assertThat(reconcile.run.addressOf("i-0fffffffffffffff1")).isNotNull();
        assertHolds(reconcile);
    }

    /** As its launches do. */
    @Test
    void aScheduledRunGivesTheInstancesOfAGroupAddressesOfThePoolThatItsHookChooses() {
        var reconcile = new ReconcileRun(1, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(Duration.ofMinutes(1), simulation -> {
                    simulation
                            .hooks()
                            .configure(hook("associate-eip", "{\"eipPool\": {\"Application\": \"MailGateway\"}}"));
                    simulation.ec2().allocate("eipalloc-mail", "198.18.9.9", Map.of("Application", "MailGateway"));
                })
                .start(Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP)))
                .run();

        assertThat(reconcile.only().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).containsExactly("eipalloc-mail");
        assertHolds(reconcile);
    }

    @Test
    void aGroupWhoseHookChoosesItsPoolInAFormThatIsNotReadIsLeftOut() {
        var reconcile = new ReconcileRun(1, 3)
                .with(workflow -> workflow.parameter("HookPoolTagKeys", "Application"))
                .at(
                        Duration.ofMinutes(1),
                        simulation -> simulation.hooks().configure(hook("associate-eip", "{\"eipPool\": 7}")))
                .start(Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP)))
                .run();

        assertThat(reconcile.only().error()).contains("GroupLeftOut");
        assertThat(reconcile.only().cause().orElseThrow()).contains(ReconcileRun.GROUP, "NotificationMetadata");
        assertThat(reconcile.addresses()).containsOnlyNulls();
    }

    private static LifecycleHook hook(String name, String metadata) {
        return LifecycleHook.builder()
                .autoScalingGroupName(ReconcileRun.GROUP)
                .lifecycleHookName(name)
                .lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING")
                .notificationMetadata(metadata)
                .build();
    }

    /** Two runs overlap while a stranger takes addresses away: nobody gets two addresses, and nothing is associated twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void twoRunsThatOverlapDoNothingTwice(long seed) {
        var reconcile = serving(120, 60, 130)
                .seed(seed)
                .cloud(CloudSettings.documented())
                .start(input(false))
                .start(Duration.ofMillis(3_600_700), input(false));
        var replaced = new ArrayList<String>();
        reconcile.at(
                Duration.ofMinutes(59),
                simulation -> simulation.listen(new WorldListener() {
                    @Override
                    public void associated(
                            String allocationId, String instanceId, String from, String before, boolean byWorkflow) {
                        if (before != null) {
                            replaced.add(instanceId + " had " + before + " and got " + allocationId);
                        }
                    }
                }));
        for (var number = 1; number <= 5; number++) {
            var allocationId = allocation(number * 10);
            reconcile.at(
                    Duration.ofSeconds(3600 + 2 * number),
                    simulation -> simulation.ec2().disassociate(allocationId, false));
        }
        reconcile.start(Duration.ofHours(2), input(false)).run();

        assertThat(reconcile.executions.get(2).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(reconcile.addresses()).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(replaced).as("addresses that another replaced").isEmpty();
        assertHolds(reconcile);
    }

    /** So many instances in service; the first ones have an address, and so many addresses are free or theirs. */
    private static ReconcileRun serving(int instances, int held, int pool) {
        var reconcile = new ReconcileRun(instances, pool);
        return reconcile.at(Duration.ofMinutes(30), simulation -> {
            for (var number = 1; number <= held; number++) {
                simulation.ec2().associate(allocation(number + 1), instance(number), false);
            }
        });
    }

    private static List<Object> addresses(Execution execution) {
        return ReconcileRun.instances(execution).stream()
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

    private static void assertHolds(ReconcileRun reconcile) {
        assertThat(reconcile.run.result.violations()).isEmpty();
    }
}
