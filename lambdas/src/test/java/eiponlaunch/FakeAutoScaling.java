package eiponlaunch;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;

/** An Auto Scaling client that answers as a test says and keeps the requests. */
public final class FakeAutoScaling implements AutoScalingClient {
    public final List<CompleteLifecycleActionRequest> completions = new ArrayList<>();
    public final List<RecordLifecycleActionHeartbeatRequest> heartbeats = new ArrayList<>();
    public RuntimeException failure;

    @Override
    public CompleteLifecycleActionResponse completeLifecycleAction(CompleteLifecycleActionRequest request) {
        completions.add(request);
        failIfTold();
        return CompleteLifecycleActionResponse.builder().build();
    }

    @Override
    public RecordLifecycleActionHeartbeatResponse recordLifecycleActionHeartbeat(
            RecordLifecycleActionHeartbeatRequest request) {
        heartbeats.add(request);
        failIfTold();
        return RecordLifecycleActionHeartbeatResponse.builder().build();
    }

    private void failIfTold() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
