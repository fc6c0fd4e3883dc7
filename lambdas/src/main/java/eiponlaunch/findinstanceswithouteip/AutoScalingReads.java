package eiponlaunch.findinstanceswithouteip;

import static java.util.Objects.requireNonNull;

import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.paginators.DescribeAutoScalingGroupsIterable;
import software.amazon.awssdk.services.autoscaling.paginators.DescribeScalingActivitiesIterable;

/** What FindInstancesWithoutEip asks Auto Scaling. */
final class AutoScalingReads {
    /** What Auto Scaling gives at once. */
    private static final int MOST_RECORDS = 100;

    /** Into the group, also out of its warm pool; not "into warm pool". */
    private static final Pattern LAUNCHING =
            Pattern.compile("Launching a new EC2 instance(?: from warm pool)?: (i-[0-9a-f]+)");

    private static final String LAUNCH = "autoscaling:EC2_INSTANCE_LAUNCHING";

    /** Of a group no more than this is kept, however much Auto Scaling says about it. */
    record Group(String name, List<Member> inService, List<Member> held, List<Zone> zones) {}

    /** How a group shows an instance. */
    private record Listed(LifecycleState state, Zone zone) {}

    private final AutoScalingClient autoScaling;

    AutoScalingReads(AutoScalingClient autoScaling) {
        this.autoScaling = requireNonNull(autoScaling, "autoScaling is null");
    }

    /**
     * The groups of these names that are there, page after page. An instance that moves to another group while pages are read is
     * listed twice, and so is a group that moves to another page. The page that was read last tells how it is now.
     */
    Map<String, Group> groups(List<String> names) {
        var request = DescribeAutoScalingGroupsRequest.builder()
                .autoScalingGroupNames(names)
                .maxRecords(MOST_RECORDS)
                .build();
        var listed = new LinkedHashMap<String, Map<String, Listed>>();
        new DescribeAutoScalingGroupsIterable(autoScaling, request)
                .autoScalingGroups()
                .forEach(group -> {
                    var instances = instances(group);
                    listed.values().forEach(earlier -> earlier.keySet().removeAll(instances.keySet()));
                    listed.put(group.autoScalingGroupName(), instances);
                });
        var groups = new HashMap<String, Group>();
        listed.forEach((name, instances) -> groups.put(name, group(name, instances)));
        return groups;
    }

    private static Map<String, Listed> instances(AutoScalingGroup group) {
        var instances = new LinkedHashMap<String, Listed>();
        group.instances().stream()
                .filter(instance -> instance.instanceId() != null)
                .forEach(instance ->
                        instances.put(instance.instanceId(), new Listed(instance.lifecycleState(), zone(instance))));
        return instances;
    }

    private static Group group(String name, Map<String, Listed> instances) {
        return new Group(
                name,
                in(LifecycleState.IN_SERVICE, name, instances),
                in(LifecycleState.PENDING_WAIT, name, instances),
                instances.values().stream()
                        .map(Listed::zone)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }

    private static Zone zone(Instance instance) {
        return instance.availabilityZone() == null
                ? null
                : new Zone(instance.availabilityZone(), instance.availabilityZoneId());
    }

    private static List<Member> in(LifecycleState state, String group, Map<String, Listed> instances) {
        return instances.entrySet().stream()
                .filter(instance -> instance.getValue().state() == state)
                .map(instance ->
                        new Member(instance.getKey(), group, instance.getValue().zone()))
                .toList();
    }

    /** What the first of these hooks of the group that launches adds to its events, if anything. */
    Optional<String> metadata(String group, String hookNames) {
        var served = Arrays.stream(hookNames.split(",")).map(String::strip).toList();
        return autoScaling
                .describeLifecycleHooks(request -> request.autoScalingGroupName(group))
                .lifecycleHooks()
                .stream()
                .filter(hook -> LAUNCH.equals(hook.lifecycleTransition()))
                .filter(hook -> served.contains(hook.lifecycleHookName()))
                .min(Comparator.comparing(LifecycleHook::lifecycleHookName))
                .map(LifecycleHook::notificationMetadata);
    }

    /** When the group began to launch instances whose launch is not over. Those in progress come first, the latest at the front. */
    Map<String, Instant> launchesSince(String group) {
        var request = DescribeScalingActivitiesRequest.builder()
                .autoScalingGroupName(group)
                .maxRecords(MOST_RECORDS)
                .build();
        var since = new HashMap<String, Instant>();
        for (var page : new DescribeScalingActivitiesIterable(autoScaling, request)) {
            page.activities().stream()
                    .filter(AutoScalingReads::isInProgress)
                    .filter(activity -> activity.startTime() != null && activity.description() != null)
                    .forEach(activity -> {
                        var launching = LAUNCHING.matcher(activity.description());
                        if (launching.find()) {
                            since.put(launching.group(1), activity.startTime());
                        }
                    });
            if (!page.activities().stream().allMatch(AutoScalingReads::isInProgress)) {
                break;
            }
        }
        return since;
    }

    private static boolean isInProgress(Activity activity) {
        return activity.endTime() == null;
    }
}
