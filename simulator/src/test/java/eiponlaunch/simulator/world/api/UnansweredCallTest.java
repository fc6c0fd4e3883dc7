package eiponlaunch.simulator.world.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.Faults;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Who gets no answer waits for the SDK's timeout, 6 seconds, whatever the usual latency. */
class UnansweredCallTest {
    private static final SimulatedApi.Refusal NONE = new SimulatedApi.Refusal() {
        @Override
        public SdkException of(String code, int status, String message) {
            throw new AssertionError(code);
        }

        @Override
        public SdkException throttled() {
            throw new AssertionError("throttled");
        }
    };

    private final SimulatedApi api =
            new SimulatedApi(new VirtualTime(Instant.EPOCH), CloudSettings.documented(), Faults.NONE, new Seed(1));

    @Test
    void anAnswerThatNeverComesIsWaitedForAsLongAsTheTimeout() {
        assertThatThrownBy(() -> api.call("DescribeInstances", NONE, () -> {
                    throw SimulatedApi.timeout();
                }))
                .isInstanceOf(ApiCallTimeoutException.class);
        assertThat(api.takeElapsed()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void soIsOneThatIsTooLargeToBeReadInTime() {
        assertThatThrownBy(() -> api.call("DescribeInstances", NONE, () -> 1_000_000, items -> items))
                .isInstanceOf(ApiCallTimeoutException.class);
        assertThat(api.takeElapsed()).isEqualTo(Duration.ofSeconds(6));
    }
}
