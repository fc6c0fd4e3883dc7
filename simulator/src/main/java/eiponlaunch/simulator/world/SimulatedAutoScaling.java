package eiponlaunch.simulator.world;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;

/**
 * Auto Scaling as the functions see it, behind the SDK's own client interface.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">
 *     CompleteLifecycleAction</a>
 */
public final class SimulatedAutoScaling implements AutoScalingClient {
    private static final SimulatedApi.Refusal REFUSAL = new SimulatedApi.Refusal() {
        @Override
        public SdkException of(String code, int status, String message) {
            return AutoScalingException.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .serviceName("AutoScaling")
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .writableStackTrace(false)
                    .build();
        }

        @Override
        public SdkException throttled() {
            return of("Throttling", 400, "Rate exceeded");
        }
    };

    private final SimulatedApi api;
    private final LifecycleHooks hooks;

    public SimulatedAutoScaling(SimulatedApi api, LifecycleHooks hooks) {
        this.api = api;
        this.hooks = hooks;
    }

    @Override
    public CompleteLifecycleActionResponse completeLifecycleAction(CompleteLifecycleActionRequest request) {
        return api.call("CompleteLifecycleAction", REFUSAL, () -> {
            if (!hooks.complete(request)) {
                throw noActiveAction(request.lifecycleActionToken(), request.instanceId());
            }
            return CompleteLifecycleActionResponse.builder().build();
        });
    }

    @Override
    public RecordLifecycleActionHeartbeatResponse recordLifecycleActionHeartbeat(
            RecordLifecycleActionHeartbeatRequest request) {
        return api.call("RecordLifecycleActionHeartbeat", REFUSAL, () -> {
            if (!hooks.recordHeartbeat(request)) {
                throw noActiveAction(request.lifecycleActionToken(), request.instanceId());
            }
            return RecordLifecycleActionHeartbeatResponse.builder().build();
        });
    }

    private static SdkException noActiveAction(String token, String instanceId) {
        return REFUSAL.of(
                "ValidationError",
                400,
                "No active Lifecycle Action found with "
                        + (token == null ? "instance ID " + instanceId : "token " + token));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
