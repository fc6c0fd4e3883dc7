package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import eiponlaunch.aws.AwsFailures;
import eiponlaunch.failure.InstanceGoneException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.model.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.paginators.DescribeAutoScalingGroupsIterable;

/** What FindFreeEip asks Auto Scaling. */
final class AutoScalingReads {
    /** Whose launch waits in a hook, will, or has just done so. */
    private static final Set<LifecycleState> LAUNCHING =
            EnumSet.of(LifecycleState.PENDING, LifecycleState.PENDING_WAIT, LifecycleState.PENDING_PROCEED);

    /** What no later answer shows as a launch: it ends, or it was in service all along and gets only another root volume. */
    private static final Set<LifecycleState> NEVER_LAUNCHING = EnumSet.of(
            LifecycleState.REPLACING_ROOT_VOLUME,
            LifecycleState.REPLACING_ROOT_VOLUME_WAIT,
            LifecycleState.REPLACING_ROOT_VOLUME_PROCEED,
            LifecycleState.ROOT_VOLUME_REPLACED,
            LifecycleState.TERMINATING,
            LifecycleState.TERMINATING_WAIT,
            LifecycleState.TERMINATING_PROCEED,
            LifecycleState.TERMINATED);

    /** How many names Auto Scaling takes in one request, which is also the most that it tells of on a page. */
    private static final int MOST_GROUPS = 100;

    private final AutoScalingClient autoScaling;

    AutoScalingReads(AutoScalingClient autoScaling) {
        this.autoScaling = requireNonNull(autoScaling, "autoScaling is null");
    }

    /**
     * The instances of these groups that are launched or in service. Nothing when there is none of the groups, and when Auto
     * Scaling does not tell, as a launch shall not fail for that.
     *
     * @param own the instance itself, which is told of as a launch also when no later answer will show it as one
     * @param mayWait whether a look that is throttled may be made later: then it fails, as many look at once
     * @param warn told why Auto Scaling does not tell
     * @throws InstanceGoneException when its group retains the instance itself: an address would stay with it for good
     */
    Optional<List<Seen>> instancesOf(String own, Collection<String> names, boolean mayWait, Consumer<String> warn) {
        try {
            return instancesOf(own, names);
        } catch (SdkException e) {
            if (mayWait && AwsFailures.typed(e, "DescribeAutoScalingGroups") instanceof ThrottledException throttled) {
                throw throttled;
            }
            warn.accept("Auto Scaling does not tell who else waits for an address, " + AwsFailures.code(e) + ": "
                    + AwsFailures.message(e));
            return Optional.empty();
        }
    }

    private Optional<List<Seen>> instancesOf(String own, Collection<String> names) {
        var groups = groups(List.copyOf(names));
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        var seen = new ArrayList<Seen>();
        for (var instance : instances(groups)) {
            var state = instance.lifecycleState(); // looked up by its name each time
            if (instance.instanceId() == null || state == null) {
                continue;
            }
            var isOwn = instance.instanceId().equals(own);
            if (isOwn && state == LifecycleState.TERMINATING_RETAINED) {
                throw new InstanceGoneException(
                        own + " does not come into service: a terminating hook was abandoned, and its group retains the"
                                + " instance until somebody terminates it.",
                        null);
            }
            var isInService = state == LifecycleState.IN_SERVICE;
            if (isInService || LAUNCHING.contains(state) || isOwn && NEVER_LAUNCHING.contains(state)) {
                seen.add(new Seen(instance.instanceId(), !isInService, zone(instance)));
            }
        }
        return Optional.of(seen);
    }

    private List<AutoScalingGroup> groups(List<String> names) {
        return IntStream.iterate(0, from -> from < names.size(), from -> from + MOST_GROUPS)
                .mapToObj(from -> DescribeAutoScalingGroupsRequest.builder()
                        .autoScalingGroupNames(names.subList(from, Math.min(from + MOST_GROUPS, names.size())))
                        .maxRecords(MOST_GROUPS)
                        .build())
                .flatMap(request ->
                        new DescribeAutoScalingGroupsIterable(autoScaling, request).autoScalingGroups().stream())
                .toList();
    }

    /**
     * Each once. One that moves to another group while pages are read is listed twice, and so is all of a group that moves to
     * another page. The page that was read last tells how it is now.
     */
    private static Collection<Instance> instances(List<AutoScalingGroup> groups) {
        if (groups.size() == 1) { // the rule, and there may be thousands
            return groups.get(0).instances();
        }
        var last = new LinkedHashMap<String, Instance>();
        groups.forEach(group -> group.instances().forEach(instance -> last.put(instance.instanceId(), instance)));
        return last.values();
    }

    private static Zone zone(Instance instance) {
        return instance.availabilityZone() == null
                ? null
                : new Zone(instance.availabilityZone(), instance.availabilityZoneId());
    }
}
