package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static eiponlaunch.simulator.workflow.Workflow.INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Profile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Addresses that EC2 shows free and does not associate, on the shipped definition. */
class RefusalTest {
    private static final String FIRST = "eipalloc-00000000000000001";
    private static final String SECOND = "eipalloc-00000000000000002";
    private static final CallFault THROTTLED =
            CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");
    private static final CallFault TOO_NEW = CallFault.refused("AuthFailure", 401, "No.");

    private final Workflow workflow = new Workflow();

    @ParameterizedTest
    @CsvSource({
        "AuthFailure, 401",
        "UnauthorizedOperation, 403",
        "OperationNotPermitted, 400",
        "InvalidParameterCombination, 400",
        "InvalidParameterValue, 400",
        "SomethingNew, 400"
    })
    void oneAddressThatIsRefusedDoesNotStopTheLaunchesOneAfterTheOther(String code, int status) {
        workflow.faults.address(FIRST, CallFault.refused(code, status, "No."));
        var run = workflow.pool(7).launches(6).over(Duration.ofMinutes(30)).run();

        assertThat(run.result.continued()).isEqualTo(6);
        assertThat(run.calls("AssociateAddress")).as("each finds out once").isEqualTo(12);
        assertThat(run.states()).doesNotContain("WaitToTryAgain", "WaitForEffect");
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void whenEveryAddressIsRefusedItTriesAgainForTwoMinutesAndFailsWithWhatEc2Said(int pool) {
        workflow.cloud(CloudSettings.documented())
                .faults
                .every("AssociateAddress", CallFault.refused("UnauthorizedOperation", 403, "You are not authorized."));
        var run = workflow.pool(pool).run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.AccessDeniedException");
        assertThat(run.execution().cause().orElseThrow())
                .contains(INSTANCE)
                .contains("UnauthorizedOperation")
                .contains("ABANDON: Completed");
        assertThat(run.stoppedAfterSeconds()).isBetween(118.0, 135.0);
        assertThat(run.calls("AssociateAddress")).isLessThanOrEqualTo(pool > 50 ? 100 : pool + 11);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void thePausesBeforeItTriesAgainGrow() {
        workflow.faults.address(FIRST, TOO_NEW);
        var run = workflow.run();

        var pauses = run.secondsOf("WaitToTryAgain");
        assertThat(pauses).hasSizeBetween(5, 9);
        assertThat(pauses.get(1) - pauses.get(0)).isLessThan(4);
        assertThat(pauses.get(4) - pauses.get(3)).isGreaterThan(10);
    }

    @Test
    void anAddressThatIsTooNewIsAssociatedAsSoonAsEc2Allows() {
        workflow.faults.address(FIRST, TOO_NEW, now -> now.isBefore(EVENT.plusSeconds(70)));
        var run = workflow.run();

        assertThat(run.result.continued()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(70.0, 110.0);
        assertThat(run.addressOf(INSTANCE)).isEqualTo(FIRST);
    }

    @Test
    void anAddressThatBecomesFreeMeanwhileIsTriedBeforeTheRefusedOne() {
        workflow.faults.address(FIRST, TOO_NEW);
        var run = workflow.pool(1)
                .before(simulation -> simulation
                        .time()
                        .at(
                                EVENT.plusSeconds(40),
                                () -> simulation
                                        .ec2()
                                        .allocate("eipalloc-new", "198.18.9.9", Map.of("Application", "ForwardProxy"))))
                .run();

        assertThat(run.addressOf(INSTANCE)).isEqualTo("eipalloc-new");
        assertThat(run.stoppedAfterSeconds()).isBetween(40.0, 75.0);
    }

    /** An instance in Boston, of which neither EC2 nor Auto Scaling tells at first: the two minutes begin with Virginia's address. */
    @Test
    void anAddressOfAnotherBorderGroupThatIsTriedWhileNobodyTellsTheZoneIsRefusedLikeAnyOther() {
        workflow.faults
                .address("eipalloc-boston", TOO_NEW)
                .every(
                        "DescribeAutoScalingGroups",
                        CallFault.refused("InternalFailure", 500, "No."),
                        now -> now.isBefore(EVENT.plusSeconds(50)));
        var run = workflow.before(Workflow.inBoston(Duration.ofSeconds(80))
                        .andThen(simulation -> simulation.ec2().knowFrom(INSTANCE, EVENT.plusSeconds(50))))
                .run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.AccessDeniedException");
        assertThat(run.stoppedAfterSeconds()).isBetween(165.0, 188.0);
        assertThat(run.result.violations()).isEmpty();
    }

    /** EC2 knew the instance before anybody asked for it, so its zone could be told. */
    @Test
    void anAddressOfAnotherBorderGroupIsNoExcuseWhenEc2ShowedTheInstanceInTime() {
        workflow.faults.unknownFor(Duration.ofSeconds(5)); // it was launched eight seconds before the event
        var run = workflow.deployment(new BorderGroupIgnored())
                .before(Workflow.inBoston(Duration.ofSeconds(300))
                        .andThen(simulation -> simulation.ec2().knowFrom(INSTANCE, EVENT.minusSeconds(3))))
                .run();

        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.violations()).isNotEmpty();
    }

    /** FindFreeEip as it must not be. */
    private static final class BorderGroupIgnored implements Deployment {
        @Override
        public Ec2Client ec2(String function, Ec2Client client) {
            return (Ec2Client) Proxy.newProxyInstance(
                    Ec2Client.class.getClassLoader(), new Class<?>[] {Ec2Client.class}, (proxy, method, arguments) -> {
                        try {
                            var answer = method.invoke(client, arguments);
                            return answer instanceof DescribeAddressesResponse response
                                    ? DescribeAddressesResponse.builder()
                                            .addresses(response.addresses().stream()
                                                    .map(address -> address.toBuilder()
                                                            .networkBorderGroup(null)
                                                            .build())
                                                    .toList())
                                            .build()
                                    : answer;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Resource.AlreadyAssociated", "InvalidAllocationID.NotFound"})
    void anAddressThatOnlySeemsFreeDoesNotStopQuietLaunches(String code) {
        workflow.faults.address(FIRST, CallFault.refused(code, 400, "No."));
        var run = workflow.pool(20).launches(10).over(Duration.ofMinutes(50)).run();

        assertThat(run.result.continued()).isEqualTo(10);
        assertThat(run.calls("DescribeAddresses")).isLessThanOrEqualTo(20);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void theOnlyAddressThatOnlySeemsFreeIsTriedSeldomUntilTheDeadline() {
        workflow.faults.address(FIRST, CallFault.refused("Resource.AlreadyAssociated", 400, "No."));
        var run = workflow.run();

        assertThat(run.result.abandoned()).isOne();
        assertThat(run.stoppedAfterSeconds()).isBetween(590.0, 605.0);
        assertThat(run.calls("AssociateAddress")).isLessThan(40);
    }

    /** What EC2 answers for a pair that is associated already, when reassociation is not allowed, AWS does not say. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostAnswerNeverLeadsToASecondAddressThoughEc2RefusesTheOwnPair(boolean crash) {
        for (var seed = 1; seed <= 20; seed++) {
            var launch = new Workflow()
                    .pool(5)
                    .seed(seed)
                    .cloud(Profile.named("stale").cloud());
            launch.faults.ownPairRefused();
            if (crash) {
                launch.faults.nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER);
            } else {
                launch.faults.next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
            }
            var run = launch.run();

            assertThat(run.result.continued()).isOne();
            assertThat(run.states()).contains("WaitForEffect");
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /** The first attempt took effect, the next one was throttled, and the look after that is older than the effect. */
    @Test
    void aLostAnswerIsNotForgottenWhenTheNextAttemptIsThrottled() {
        for (var seed = 1; seed <= 20; seed++) {
            var launch = new Workflow().pool(5).seed(seed);
            launch.faults
                    .ownPairRefused()
                    .staleReads(Duration.ofSeconds(15))
                    .next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT)
                    .next("AssociateAddress", THROTTLED);
            var run = launch.run();

            assertThat(run.states()).contains("WaitForEffect");
            assertThat(run.calls("AssociateAddress")).isEqualTo(3);
            assertThat(run.result.continued()).isOne();
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /**
     * The first attempt took effect, the next one was throttled, and the look after that is from before the first one: another
     * instance had the address then, and another address was free.
     */
    @Test
    void anAnswerThatIsLostBeforeAThrottledTryLeadsToNoSecondAddress() {
        var launch = new Workflow().pool(2).before(simulation -> {
            var ec2 = simulation.ec2();
            ec2.launch("i-former", InstanceStateName.RUNNING, 1, Map.of());
            ec2.associate(FIRST, "i-former", false);
            var time = simulation.time();
            time.at(EVENT, () -> ec2.disassociate(FIRST, false));
            time.at(EVENT, () -> ec2.associate(SECOND, "i-former", false));
            time.at(EVENT.plusSeconds(3), () -> ec2.disassociate(SECOND, false));
        });
        launch.faults
                .staleReads(Duration.ofSeconds(15))
                .nextReads(Duration.ZERO, Duration.ZERO, Duration.ZERO)
                .next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT)
                .next("AssociateAddress", THROTTLED);
        var run = launch.run();

        assertThat(run.states())
                .containsExactly(
                        "FindFreeEip",
                        "EipFound",
                        "AssociateEip",
                        "FindFreeEip",
                        "EipFound",
                        "WaitForEffect",
                        "FindFreeEip",
                        "EipFound",
                        "CompleteLifecycleContinue");
        assertThat(run.calls("AssociateAddress")).isEqualTo(2);
        assertThat(run.result.violations()).isEmpty();
    }

    /** The launch waits for the effect of its first attempt until after its deadline, and another address is free then. */
    @Test
    void anAddressThatIsFoundAfterTheDeadlineIsNamedByTheError() {
        var launch = new Workflow().pool(2).parameter("DeadlineSeconds", 20).before(simulation -> {
            var ec2 = simulation.ec2();
            ec2.launch("i-former", InstanceStateName.RUNNING, 1, Map.of());
            simulation.time().at(EVENT.plusSeconds(7), () -> ec2.associate(FIRST, "i-former", false));
        });
        launch.faults.next("AssociateAddress", CallFault.TIMEOUT_BEFORE_EFFECT).next("AssociateAddress", THROTTLED);
        var run = launch.run();

        assertThat(run.states()).contains("WaitForEffect");
        assertThat(run.execution().error()).contains("eiponlaunch.failure.DeadlinePassedException");
        assertThat(run.result.violations()).isEmpty();
    }

    /** No attempt is left that could meet a conflict, so the wait for its effect comes before the next look. */
    @Test
    void aLostAnswerIsWaitedForOnceWhenLambdaFailsAfterIt() {
        var launch = new Workflow().pool(5);
        launch.faults
                .ownPairRefused()
                .staleReads(Duration.ofSeconds(15))
                .nextReads(Duration.ZERO, Duration.ZERO, Duration.ZERO)
                .nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER)
                .nextInvocation("AssociateEip", InvocationFault.SERVICE_ERROR)
                .nextInvocation("AssociateEip", InvocationFault.SERVICE_ERROR)
                .nextInvocation("FindFreeEip", InvocationFault.NONE)
                .nextInvocation("FindFreeEip", InvocationFault.SERVICE_ERROR)
                .nextInvocation("FindFreeEip", InvocationFault.SERVICE_ERROR)
                .nextInvocation("FindFreeEip", InvocationFault.SERVICE_ERROR);
        var run = launch.run();

        var waits = run.secondsOf("WaitToFindAgain");
        var looks = run.secondsOf("FindFreeEip");
        assertThat(waits).hasSize(2);
        assertThat(looks.get(1) - waits.get(0)).isGreaterThanOrEqualTo(16);
        assertThat(looks.get(2) - waits.get(1)).isLessThan(16);
        assertThat(run.calls("AssociateAddress")).isOne();
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    /** A Retry knows no clock: it lasts past the deadline, with the address on the instance since its first attempt. */
    @ParameterizedTest
    @ValueSource(ints = {30, 31})
    void aLaunchThatHasItsAddressByALostAnswerGoesOnThoughItsDeadlineHasPassed(int throttled) {
        for (var seed = 1; seed <= 5; seed++) {
            var launch = new Workflow().seed(seed).pool(5).parameter("DeadlineSeconds", 10);
            launch.faults.nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER);
            for (var attempt = 0; attempt < throttled; attempt++) {
                launch.faults.nextInvocation("AssociateEip", InvocationFault.THROTTLED);
            }
            var run = launch.run();

            assertThat(run.states())
                    .containsExactly(
                            "FindFreeEip",
                            "EipFound",
                            "AssociateEip",
                            "DeadlineLeft",
                            "WaitForEffect",
                            "FindFreeEip",
                            "EipFound",
                            "CompleteLifecycleContinue");
            assertThat(run.result.continued()).isOne();
            assertThat(run.result.violations()).isEmpty();
        }
    }

    @Test
    void aLaunchThatWasThrottledPastItsDeadlineAndHasNoAddressIsAbandonedAfterOneMoreLook() {
        var launch = new Workflow().pool(5).parameter("DeadlineSeconds", 10);
        for (var attempt = 0; attempt < 30; attempt++) {
            launch.faults.nextInvocation("AssociateEip", InvocationFault.THROTTLED);
        }
        var run = launch.run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.DeadlinePassedException");
        assertThat(run.secondsOf("FindFreeEip")).hasSize(2);
        assertThat(run.calls("AssociateAddress")).isZero();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void theWaitForTheEffectOfALostAnswerIsAsLongNearTheDeadlineAndTheLookAfterItStillFindsTheAddress() {
        var launch = new Workflow().pool(5).parameter("DeadlineSeconds", 20);
        launch.faults
                .next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT)
                .next("AssociateAddress", CallFault.refused("Resource.AlreadyAssociated", 400, "Taken."));
        var run = launch.run();

        assertThat(run.states()).contains("WaitForEffect");
        assertThat(run.secondsOf("FindFreeEip").get(1)).isBetween(22.0, 25.0);
        assertThat(run.calls("AssociateAddress")).isEqualTo(2);
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void inAStormRefusedAddressesCostNobodyElseATry() {
        for (var seed = 1; seed <= 3; seed++) {
            var storm = new Workflow()
                    .cloud(CloudSettings.documented())
                    .launches(100)
                    .pool(110)
                    .seed(seed);
            for (var bad = 1; bad <= 9; bad += 2) {
                storm.faults.address("eipalloc-" + String.format("%017x", bad), TOO_NEW);
            }
            var run = storm.run();

            assertThat(run.result.continued()).isEqualTo(100);
            assertThat(run.result.secondsToLastContinue()).isLessThan(30);
            assertThat(run.result.conflicts()).isLessThanOrEqualTo(5);
            assertThat(run.result.violations()).isEmpty();
        }
    }
}
