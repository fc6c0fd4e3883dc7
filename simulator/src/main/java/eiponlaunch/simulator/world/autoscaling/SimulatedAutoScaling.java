package eiponlaunch.simulator.world.autoscaling;

import eiponlaunch.simulator.world.api.Catalogue;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.SimulatedApi;
import eiponlaunch.simulator.world.ec2.Ec2Listener;
import eiponlaunch.simulator.world.ec2.Ec2World;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
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
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;
import software.amazon.awssdk.services.autoscaling.model.ResourceContentionException;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * Auto Scaling as the functions see it, behind the SDK's own client interface.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">
 *     CompleteLifecycleAction</a>
 */
public final class SimulatedAutoScaling implements AutoScalingClient, Ec2Listener, LifecycleListener {
    private static final SimulatedApi.Refusal REFUSAL = new SimulatedApi.Refusal() {
        @Override
        public SdkException of(String code, int status, String message) {
            return builder(code)
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .serviceName("AutoScaling")
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .writableStackTrace(false)
                    .build();
        }

        /** Of an error that the API models the SDK makes an exception of its own. */
        private AutoScalingException.Builder builder(String code) {
            return code.equals("ResourceContention")
                    ? ResourceContentionException.builder()
                    : AutoScalingException.builder();
        }

        @Override
        public SdkException throttled() {
            return of("Throttling", 400, "Rate exceeded");
        }
    };

    private static final String GROUP = "aws:autoscaling:groupName";

    /** How many groups a request may name that does not say how many records it takes. */
    private static final int NAMES = 50;

    private final SimulatedApi api;
    private final LifecycleHooks hooks;
    private final Ec2World world;
    private final Catalogue<Instance> members = new Catalogue<>();
    private final Set<String> groups = new HashSet<>();

    /** Must be told of what changes in the world: its groups are of its own making. */
    public SimulatedAutoScaling(SimulatedApi api, LifecycleHooks hooks, Ec2World world) {
        this.api = api;
        this.hooks = hooks;
        this.world = world;
    }

    /** A group is there, and has been, as soon as an instance has been launched in it; names must be given, and there are no pages. */
    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
        Supplier<DescribeAutoScalingGroupsResponse> effect = () -> {
            requireFewNames(request);
            var readTime = api.readTime();
            var described = request.autoScalingGroupNames().stream()
                    .map(name -> group(name, readTime))
                    .flatMap(Optional::stream)
                    .toList();
            noteWhetherItsOwnIsLeftOut(request.autoScalingGroupNames(), readTime);
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(described)
                    .build();
        };
        return api.call(
                "DescribeAutoScalingGroups",
                REFUSAL,
                effect,
                response -> response.autoScalingGroups().stream()
                        .mapToInt(group -> group.instances().size())
                        .sum());
    }

    private static void requireFewNames(DescribeAutoScalingGroupsRequest request) {
        var most = Objects.requireNonNullElse(request.maxRecords(), NAMES);
        if (request.autoScalingGroupNames().size() > most) {
            throw REFUSAL.of(
                    "ValidationError", 400, "The number of group names that may be passed in is limited to " + most);
        }
    }

    private Optional<AutoScalingGroup> group(String name, Instant readTime) {
        return !groups.contains(name)
                ? Optional.empty()
                : Optional.of(members.read(
                        readTime,
                        Map.of(GROUP, name),
                        name,
                        member -> true,
                        found -> AutoScalingGroup.builder()
                                .autoScalingGroupName(name)
                                .instances(found)
                                .build()));
    }

    /** The caller's own instance is of one of these groups by now, and the answer is older. */
    private void noteWhetherItsOwnIsLeftOut(Collection<String> names, Instant readTime) {
        api.instanceOfAttempt()
                .filter(id ->
                        members.now(id) != null && members.read(readTime, id).isEmpty())
                .filter(id -> groups(world.instance(id)).anyMatch(names::contains))
                .ifPresent(id -> api.disturbed("DescribeAutoScalingGroups", Disturbance.Kind.INSTANCE_LEFT_OUT));
    }

    @Override
    public void instanceChanged(software.amazon.awssdk.services.ec2.model.Instance instance) {
        groups(instance).forEach(group -> changed(group, instance));
    }

    private static Stream<String> groups(software.amazon.awssdk.services.ec2.model.Instance of) {
        return of.tags().stream().filter(tag -> tag.key().equals(GROUP)).map(Tag::value);
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        changed(hold);
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        changed(hold);
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        changed(hold);
    }

    @Override
    public void enteredWarmPool(String instanceId) {
        changed(instanceId);
    }

    private void changed(LifecycleHold hold) {
        changed(hold.instanceId());
    }

    private void changed(String instanceId) {
        var instance = world.instance(instanceId);
        if (instance != null) {
            instanceChanged(instance);
        }
    }

    /** Instances that are gone are not listed with their group's, and neither are those in its warm pool. */
    private void changed(String group, software.amazon.awssdk.services.ec2.model.Instance instance) {
        var id = instance.instanceId();
        var left = instance.state().name() == InstanceStateName.TERMINATED || hooks.isInWarmPool(id);
        var member = left ? null : member(instance);
        groups.add(group);
        if (!members.has(id)) {
            members.add(id, Map.of(GROUP, group), api.now(), member);
        } else if (!Objects.equals(member, members.now(id))) {
            members.set(id, api.now(), member);
        }
    }

    private Instance member(software.amazon.awssdk.services.ec2.model.Instance of) {
        return Instance.builder()
                .instanceId(of.instanceId())
                .lifecycleState(lifecycleState(of))
                .availabilityZone(of.placement().availabilityZone())
                .availabilityZoneId(of.placement().availabilityZoneId())
                .build();
    }

    private LifecycleState lifecycleState(software.amazon.awssdk.services.ec2.model.Instance of) {
        if (of.state().name() == InstanceStateName.PENDING) {
            return LifecycleState.PENDING;
        }
        if (of.state().name() == InstanceStateName.SHUTTING_DOWN) {
            return LifecycleState.TERMINATING;
        }
        if (hooks.isRetained(of.instanceId())) {
            return LifecycleState.TERMINATING_RETAINED;
        }
        if (hooks.isTerminating(of.instanceId())) {
            return LifecycleState.TERMINATING_WAIT;
        }
        return hooks.isLaunching(of.instanceId()) ? LifecycleState.PENDING_WAIT : LifecycleState.IN_SERVICE;
    }

    /** The hooks that were configured; those of a run's events are not among them. */
    @Override
    public DescribeLifecycleHooksResponse describeLifecycleHooks(DescribeLifecycleHooksRequest request) {
        return api.call(
                "DescribeLifecycleHooks",
                REFUSAL,
                () -> DescribeLifecycleHooksResponse.builder()
                        .lifecycleHooks(hooks.configured(request.autoScalingGroupName()))
                        .build());
    }

    /** Of the group's activities, the launches that are in progress, the latest first. */
    @Override
    public DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest request) {
        return api.call("DescribeScalingActivities", REFUSAL, () -> {
            var group = Map.of(GROUP, request.autoScalingGroupName());
            var activities = world.instances(api.readTime(), group, "every instance", instance -> true).stream()
                    .flatMap(instance -> hooks.launch(instance.instanceId()).stream())
                    .sorted(Comparator.comparing(LifecycleHooks.Launch::began).reversed())
                    .map(launch -> Activity.builder()
                            .description(launch.description())
                            .startTime(launch.began())
                            .statusCode(ScalingActivityStatusCode.MID_LIFECYCLE_ACTION)
                            .build())
                    .toList();
            var from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            var to = Math.min(activities.size(), from + request.maxRecords());
            return DescribeScalingActivitiesResponse.builder()
                    .activities(from < to ? activities.subList(from, to) : List.of())
                    .nextToken(to < activities.size() ? String.valueOf(to) : null)
                    .build();
        });
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
