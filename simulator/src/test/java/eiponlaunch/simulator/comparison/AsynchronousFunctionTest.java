package eiponlaunch.simulator.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Latency;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AsynchronousFunctionTest {
    private final Loop loop = new Loop();

    @Test
    void isInvokedAgainAMinuteAfterACrashAndTwoMinutesAfterTheNext() {
        loop.nextInvocation(InvocationFault.CRASH_BEFORE, InvocationFault.CRASH_BEFORE)
                .run();

        assertThat(loop.secondsOfInvocations()).containsExactly(0.0, 60.0, 180.0);
        assertThat(loop.result.lambdaInvocations()).isEqualTo(3);
        assertThat(loop.result.continued()).isOne();
        assertThat(loop.result.failedByError()).isEmpty();
    }

    @Test
    void whatTheHandlerDidBeforeACrashStays() {
        loop.pool(2).nextInvocation(InvocationFault.CRASH_AFTER).run();

        assertThat(loop.secondsOf("CompleteLifecycleAction")).startsWith(0.0, 60.0);
        assertThat(loop.address()).isEqualTo("eipalloc-00000000000000001");
        assertThat(loop.result.violations()).hasSize(2); // to the second address and back again, after CONTINUE
    }

    @Test
    void isTriedAgainAtGrowingIntervalsWhileNoEnvironmentIsFree() {
        loop.nextInvocation(InvocationFault.THROTTLED, InvocationFault.SERVICE_ERROR, InvocationFault.THROTTLED)
                .run();

        assertThat(loop.secondsOfInvocations()).containsExactly(0.0, 1.0, 3.0, 7.0);
        assertThat(loop.result.lambdaInvocations()).isOne();
    }

    @Test
    void anEventIsDroppedOnceItIsTooOld() {
        loop.nextInvocation(Collections.nCopies(100, InvocationFault.THROTTLED).toArray(InvocationFault[]::new))
                .run();

        assertThat(loop.secondsOfInvocations())
                .containsExactly(0.0, 1.0, 3.0, 7.0, 15.0, 31.0, 63.0, 127.0, 255.0, 511.0);
        assertThat(loop.result.failedByError()).isEqualTo(Map.of("Lambda.TooManyRequestsException", 1));
        assertThat(loop.result.lost()).isOne();
    }

    @Test
    void aHungInvocationIsBilledUntilTheTimeout() {
        loop.nextInvocation(InvocationFault.TIMEOUT).run();

        assertThat(loop.result.lambdaMillis()).isEqualTo(600_001);
        assertThat(loop.result.continued()).isOne(); // it did its work
    }

    @Test
    void theStartOfAnEnvironmentIsBilledAndAWarmOneIsUsedAgain() {
        loop.cloud(cloud(Latency.ofMillis(400, 400), 1)).launches(2).pool(2).run();

        assertThat(loop.secondsOfInvocations()).containsExactly(0.0, 0.5);
        assertThat(loop.result.lambdaMillis()).isEqualTo(401 + 1);
    }

    @Test
    void noMoreInvocationsRunAtOnceThanTheAccountAllows() {
        loop.cloud(cloud(Latency.ofMillis(600, 600), 1)).launches(2).pool(2).run();

        assertThat(loop.secondsOfInvocations()).containsExactly(0.0, 0.5, 1.5);
        assertThat(loop.result.continued()).isEqualTo(2);
    }

    private static CloudSettings cloud(Latency coldStart, int concurrency) {
        var c = CloudSettings.instant();
        return new CloudSettings(
                c.rates(),
                c.callLatencies(),
                c.eventDelivery(),
                c.transition(),
                c.warmStart(),
                coldStart,
                concurrency,
                Duration.ZERO,
                c.termination(),
                c.payload());
    }
}
