package eiponlaunch.simulator.comparison;

import static eiponlaunch.simulator.comparison.Loop.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.CallFault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoopHandlerTest {
    private static final CallFault THROTTLED =
            CallFault.refused("RequestLimitExceeded", 503, "Request limit exceeded.");
    private static final CallFault DENIED = CallFault.refused("UnauthorizedOperation", 403, "You are not authorized.");

    private final Loop loop = new Loop();

    @Test
    void aQuietLaunchTakesOneCallOfEach() {
        loop.run();

        assertThat(loop.result.apiCalls())
                .isEqualTo(Map.of("DescribeAddresses", 1L, "AssociateAddress", 1L, "CompleteLifecycleAction", 1L));
        assertThat(loop.result.continued()).isOne();
        assertThat(loop.address()).isEqualTo("eipalloc-00000000000000001");
    }

    @Test
    void triesTheFreeAddressesInTheOrderOfTheListAndSwallowsFailures() {
        loop.pool(4).next("AssociateAddress", DENIED, DENIED).run();

        assertThat(loop.address()).isEqualTo("eipalloc-00000000000000003");
        assertThat(loop.secondsOf("AssociateAddress")).containsExactly(0.0, 0.0, 0.0);
        assertThat(loop.secondsOf("DescribeAddresses")).hasSize(1);
    }

    @Test
    void sleepsThirtySecondsBetweenRounds() {
        loop.pool(0).run();

        assertThat(loop.secondsOf("DescribeAddresses"))
                .hasSize(20)
                .startsWith(0.0, 30.0, 60.0)
                .endsWith(570.0); // at 600 the timeout comes first
    }

    @Test
    void sleepsAfterADescribeThatFailed() {
        loop.next("DescribeAddresses", DENIED).run();

        assertThat(loop.secondsOf("DescribeAddresses")).containsExactly(0.0, 30.0);
        assertThat(loop.result.continued()).isOne();
    }

    @Test
    void takesAnAddressThatBecomesFreeInTheNextRound() {
        loop.pool(0)
                .before(simulation -> simulation
                        .time()
                        .at(
                                EVENT.plusSeconds(100),
                                () -> simulation
                                        .ec2()
                                        .allocate("eipalloc-1", "198.18.0.1", Map.of("Application", "ForwardProxy"))))
                .run();

        assertThat(loop.secondsOf("CompleteLifecycleAction")).containsExactly(120.0);
    }

    @Test
    void givesUpAThrottledAddressAfterSixAttempts() {
        loop.pool(2)
                .next("AssociateAddress", THROTTLED, THROTTLED, THROTTLED, THROTTLED, THROTTLED, THROTTLED)
                .run();

        assertThat(loop.address()).isEqualTo("eipalloc-00000000000000002");
        var attempts = loop.secondsOf("AssociateAddress");
        assertThat(attempts).hasSize(7);
        for (var attempt = 1; attempt < 6; attempt++) {
            assertThat(attempts.get(attempt) - attempts.get(attempt - 1)).isBetween(0.0, (double) (1 << (attempt - 1)));
        }
        assertThat(attempts.get(6)).isEqualTo(attempts.get(5));
    }

    @Test
    void waitsAMinuteForALostAnswerAndAssociatesTheSameAddressAgain() {
        loop.pool(2).next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT).run();

        assertThat(loop.secondsOf("AssociateAddress").get(1)).isBetween(60.0, 61.0);
        assertThat(loop.address()).isEqualTo("eipalloc-00000000000000001");
        assertThat(loop.result.violations()).isEmpty();
    }

    @Test
    void aLaunchWithoutAnAddressIsLostNotAbandoned() {
        loop.pool(0).run();

        assertThat(loop.result.lost()).isOne();
        assertThat(loop.result.abandoned()).isZero();
        assertThat(loop.secondsOf("CompleteLifecycleAction")).isEmpty();
        assertThat(loop.result.failedByError()).isEqualTo(Map.of("Sandbox.Timedout", 1));
        assertThat(loop.result.lambdaInvocations()).isOne(); // the event is too old to try again
        assertThat(loop.result.lambdaMillis()).isEqualTo(600_001);
        assertThat(loop.result.virtualSeconds()).isEqualTo(600.0);
    }

    @Test
    void aDuplicateReplacesTheAddressOfAnInstanceThatWentOn() {
        loop.pool(5).deliverAgainAfter(Duration.ofSeconds(5)).run();

        assertThat(loop.secondsOf("CompleteLifecycleAction")).containsExactly(0.0, 5.0, 65.0, 185.0);
        assertThat(loop.result.failedByError()).isEqualTo(Map.of("ValidationError", 1));
        assertThat(loop.result.violations())
                .hasSize(3)
                .allSatisfy(violation -> assertThat(violation).endsWith("after CONTINUE"));
    }

    @Test
    void anEventWithoutDetailIsGivenUpAfterThreeInvocations() {
        loop.event(Map.of("time", EVENT.toString(), "id", "x")).run();

        assertThat(loop.result.failedByError()).isEqualTo(Map.of("KeyError", 1));
        assertThat(loop.secondsOfInvocations()).containsExactly(0.0, 60.0, 180.0);
        assertThat(loop.secondsOf("DescribeAddresses")).isEmpty();
        assertThat(loop.result.lost()).isOne();
    }
}
