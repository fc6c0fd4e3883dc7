package eiponlaunch.simulator.world.api;

import static org.assertj.core.api.Assertions.assertThat;

import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.Faults;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;

/** Auto Scaling's calls share a bucket, and EC2's have one each, as the references of their APIs say. */
class SharedBucketTest {
    private static final Rate TWO = new Rate(2, 0);

    @Test
    void whatOneCallOfAutoScalingTakesTheOthersLack() {
        var api = api(CloudSettings.instant().withRate(CloudSettings.AUTO_SCALING, TWO));

        assertThat(isGranted(api, "DescribeAutoScalingGroups")).isTrue();
        assertThat(isGranted(api, "CompleteLifecycleAction")).isTrue();
        assertThat(isGranted(api, "DescribeAutoScalingGroups")).isFalse();
        assertThat(isGranted(api, "CompleteLifecycleAction")).isFalse();
        assertThat(isGranted(api, "RecordLifecycleActionHeartbeat")).isFalse();
        assertThat(api.throttled())
                .isEqualTo(Map.of(
                        "DescribeAutoScalingGroups", 1L,
                        "CompleteLifecycleAction", 1L,
                        "RecordLifecycleActionHeartbeat", 1L));
    }

    @Test
    void aCallWithARateOfItsOwnTakesNothingFromTheOthers() {
        var api = api(CloudSettings.instant()
                .withRate(CloudSettings.AUTO_SCALING, TWO)
                .withRate("CompleteLifecycleAction", new Rate(1, 0)));

        assertThat(isGranted(api, "CompleteLifecycleAction")).isTrue();
        assertThat(isGranted(api, "CompleteLifecycleAction")).isFalse();
        assertThat(isGranted(api, "DescribeAutoScalingGroups")).isTrue();
        assertThat(isGranted(api, "DescribeAutoScalingGroups")).isTrue();
    }

    @Test
    void callsOfEc2HaveABucketEach() {
        var api = api(CloudSettings.instant().withRate("DescribeAddresses", TWO).withRate("AssociateAddress", TWO));

        for (var i = 0; i < 2; i++) {
            assertThat(isGranted(api, "DescribeAddresses")).isTrue();
            assertThat(isGranted(api, "AssociateAddress")).isTrue();
        }
        assertThat(isGranted(api, "AssociateAddress")).isFalse();
    }

    private static SimulatedApi api(CloudSettings cloud) {
        return new SimulatedApi(new VirtualTime(Instant.EPOCH), cloud, Faults.NONE, new Seed(1));
    }

    private static boolean isGranted(SimulatedApi api, String call) {
        try {
            return api.call(call, REFUSAL, () -> true);
        } catch (SdkException e) {
            return false;
        }
    }

    private static final SimulatedApi.Refusal REFUSAL = new SimulatedApi.Refusal() {
        @Override
        public SdkException of(String code, int status, String message) {
            return (SdkException)
                    AutoScalingException.builder().message(message).build();
        }

        @Override
        public SdkException throttled() {
            return of("Throttling", 400, "Rate exceeded");
        }
    };
}
