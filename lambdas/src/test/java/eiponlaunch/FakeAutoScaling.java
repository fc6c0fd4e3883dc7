package eiponlaunch;

import eiponlaunch.model.Zone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLifecycleHooksResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;

/** An Auto Scaling client that answers as a test says and keeps the requests. */
public final class FakeAutoScaling implements AutoScalingClient {
    public final List<CompleteLifecycleActionRequest> completions = new ArrayList<>();
    public final List<RecordLifecycleActionHeartbeatRequest> heartbeats = new ArrayList<>();
    public RuntimeException failure;

    /** One page for each, whatever is asked for. */
    public final List<AutoScalingGroup> groups = new ArrayList<>();

    public final List<DescribeAutoScalingGroupsRequest> describeGroups = new ArrayList<>();
    public final List<DescribeScalingActivitiesRequest> describeActivities = new ArrayList<>();
    public final List<LifecycleHook> hooks = new ArrayList<>();
    public final List<Activity> activities = new ArrayList<>();

    /** The instances of the only group; null when there is no such group, or when there are {@link #groups}. */
    public List<Instance> group;

    /** What the next looks at the group fail with. */
    public final Deque<RuntimeException> describeFailures = new ArrayDeque<>();

    /** The group shows an instance, in a zone. */
    public void shows(String instanceId, LifecycleState state, String zone) {
        showsIn(new Zone(zone), instanceId, state);
    }

    /** The group shows an instance, in a zone whose ID may be known. */
    public void showsIn(Zone zone, String instanceId, LifecycleState state) {
        group = group == null ? new ArrayList<>() : group;
        group.add(Instance.builder()
                .instanceId(instanceId)
                .lifecycleState(state)
                .availabilityZone(zone.name())
                .availabilityZoneId(zone.id())
                .build());
    }

    /** The group shows launches that wait in their hook. */
    public void waits(String... instanceIds) {
        for (var id : instanceIds) {
            shows(id, LifecycleState.PENDING_WAIT, "us-east-1a");
        }
    }

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        describeGroups.add(request);
        failIfTold();
        if (!describeFailures.isEmpty()) {
            throw describeFailures.pop();
        }
        var most = Objects.requireNonNullElse(request.maxRecords(), 50);
        if (request.autoScalingGroupNames().size() > most) {
            throw Aws.autoScalingError(
                    400, "ValidationError", "The number of group names that may be passed in is limited to " + most);
        }
        if (group != null) {
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(
                            AutoScalingGroup.builder().instances(group).build())
                    .build();
        }
        var page = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        return DescribeAutoScalingGroupsResponse.builder()
                .autoScalingGroups(groups.subList(page, Math.min(page + 1, groups.size())))
                .nextToken(page + 1 < groups.size() ? String.valueOf(page + 1) : null)
                .build();
    }

    @Override
    public DescribeLifecycleHooksResponse describeLifecycleHooks(DescribeLifecycleHooksRequest request) {
        return DescribeLifecycleHooksResponse.builder()
                .lifecycleHooks(hooks.stream()
                        .filter(hook -> hook.autoScalingGroupName().equals(request.autoScalingGroupName()))
                        .toList())
                .build();
    }

    @Override
    public DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest request) {
        describeActivities.add(request);
        var from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        var to = Math.min(from + request.maxRecords(), activities.size());
        return DescribeScalingActivitiesResponse.builder()
                .activities(activities.subList(from, to))
                .nextToken(to < activities.size() ? String.valueOf(to) : null)
                .build();
    }

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
