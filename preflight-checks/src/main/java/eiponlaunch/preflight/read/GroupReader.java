package eiponlaunch.preflight.read;

import static java.util.stream.Collectors.toMap;

import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.LaunchTemplate;
import eiponlaunch.preflight.facts.Group.MaintenancePolicy;
import eiponlaunch.preflight.facts.Group.Member;
import eiponlaunch.preflight.facts.Group.Units;
import eiponlaunch.preflight.facts.Group.WarmPool;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Lookup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeWarmPoolRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.InstanceLifecyclePolicy;
import software.amazon.awssdk.services.autoscaling.model.InstanceMaintenancePolicy;
import software.amazon.awssdk.services.autoscaling.model.InstanceRequirements;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.MemoryMiBRequest;
import software.amazon.awssdk.services.autoscaling.model.RetentionAction;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;
import software.amazon.awssdk.services.autoscaling.model.TagDescription;
import software.amazon.awssdk.services.autoscaling.model.VCpuCountRequest;
import software.amazon.awssdk.services.autoscaling.model.WarmPoolConfiguration;
import software.amazon.awssdk.services.autoscaling.paginators.DescribeAutoScalingGroupsIterable;
import software.amazon.awssdk.services.autoscaling.paginators.DescribeWarmPoolIterable;

/**
 * The group, its warm pool and its hooks.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html">DescribeAutoScalingGroups</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRequirements.html">InstanceRequirements</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeWarmPool.html">DescribeWarmPool</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeLifecycleHooks.html">DescribeLifecycleHooks</a>
 */
record GroupReader(AutoScalingClient autoScaling, String region) {
    /** What a percentage of the maintenance policy has when it was cleared. */
    private static final int CLEARED = -1;

    /** What DescribeAutoScalingGroups takes in one request that says so; else it takes only 50. */
    private static final int MOST_GROUPS = 100;

    /** What a group counts: instances, or their weights. */
    private static final String UNITS = "units";

    Lookup<Group> group(String name) {
        return Call.of("autoscaling:DescribeAutoScalingGroups", () -> {
            var groups = autoScaling
                    .describeAutoScalingGroups(request -> request.autoScalingGroupNames(name))
                    .autoScalingGroups();
            return groups.isEmpty()
                    ? Lookup.missing(
                            "there is no group " + name + " in " + region,
                            Fix.of("give the group's name, and its Region"))
                    : Lookup.of(group(groups.get(0)));
        });
    }

    /** Those of these groups that are there, each once. */
    Lookup<List<String>> names(List<String> names) {
        return Call.of(
                "autoscaling:DescribeAutoScalingGroups",
                () -> Lookup.of(IntStream.iterate(0, from -> from < names.size(), from -> from + MOST_GROUPS)
                        .mapToObj(from -> names.subList(from, Math.min(from + MOST_GROUPS, names.size())))
                        .flatMap(this::described)
                        .map(AutoScalingGroup::autoScalingGroupName)
                        .distinct()
                        .toList()));
    }

    private Stream<AutoScalingGroup> described(List<String> names) {
        var request = DescribeAutoScalingGroupsRequest.builder()
                .autoScalingGroupNames(names)
                .maxRecords(MOST_GROUPS)
                .build();
        return new DescribeAutoScalingGroupsIterable(autoScaling, request).autoScalingGroups().stream();
    }

    Lookup<List<Hook>> hooks(String group) {
        return Call.of(
                "autoscaling:DescribeLifecycleHooks",
                () ->
                        Lookup.of(autoScaling
                                .describeLifecycleHooks(request -> request.autoScalingGroupName(group))
                                .lifecycleHooks()
                                .stream()
                                .map(hook -> new Hook(
                                        hook.lifecycleHookName(),
                                        hook.lifecycleTransition(),
                                        hook.defaultResult(),
                                        hook.heartbeatTimeout(),
                                        Optional.ofNullable(hook.notificationMetadata())))
                                .toList()));
    }

    /** The instances of the group's warm pool, on however many pages. Is not asked for when there is none. */
    Lookup<List<Member>> warmPool(Group group) {
        return group.warmPool().isEmpty()
                ? Lookup.of(List.of())
                : Call.of(
                        "autoscaling:DescribeWarmPool",
                        () -> Lookup.of(new DescribeWarmPoolIterable(
                                        autoScaling,
                                        DescribeWarmPoolRequest.builder()
                                                .autoScalingGroupName(group.name())
                                                .build())
                                .instances().stream().map(GroupReader::member).toList()));
    }

    private static Member member(Instance instance) {
        return new Member(
                instance.instanceId(), instance.lifecycleStateAsString(), weight(instance.weightedCapacity()));
    }

    private static Group group(AutoScalingGroup group) {
        return new Group(
                group.autoScalingGroupName(),
                group.autoScalingGroupARN(),
                group.maxSize(),
                group.desiredCapacity(),
                units(group),
                group.suspendedProcesses().stream()
                        .collect(toMap(
                                SuspendedProcess::processName,
                                process -> Objects.requireNonNullElse(process.suspensionReason(), ""))),
                group.instances().stream().map(GroupReader::member).toList(),
                Stream.of(Optional.ofNullable(group.vpcZoneIdentifier())
                                .orElse("")
                                .split(","))
                        .map(String::strip)
                        .filter(subnet -> !subnet.isEmpty())
                        .toList(),
                Optional.ofNullable(group.instanceMaintenancePolicy()).flatMap(GroupReader::maintenance),
                Optional.ofNullable(group.warmPoolConfiguration()).map(GroupReader::warmPool),
                group.tags().stream()
                        .filter(TagDescription::propagateAtLaunch)
                        .collect(toMap(TagDescription::key, TagDescription::value)),
                launchTemplates(group),
                Optional.ofNullable(group.launchConfigurationName()),
                Optional.ofNullable(group.instanceLifecyclePolicy())
                        .map(InstanceLifecyclePolicy::retentionTriggers)
                        .filter(triggers -> triggers.terminateHookAbandon() == RetentionAction.RETAIN)
                        .isPresent());
    }

    /** The sizes count instances where no weight is other than one. */
    private static Optional<Units> units(AutoScalingGroup group) {
        var type = Objects.requireNonNullElse(group.desiredCapacityType(), UNITS);
        var overrides = Stream.ofNullable(group.mixedInstancesPolicy())
                .flatMap(policy -> Stream.ofNullable(policy.launchTemplate()))
                .flatMap(template -> template.overrides().stream())
                .map(override -> least(override, type))
                .toList();
        var known = Stream.concat(
                        group.instances().stream().map(instance -> weight(instance.weightedCapacity())),
                        overrides.stream())
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        if (type.equals(UNITS)) {
            return known.isEmpty() || known.get(known.size() - 1) == 1
                    ? Optional.empty()
                    : Optional.of(new Units(UNITS, Optional.of(known.get(0))));
        }
        var ofEachLaunch = !overrides.isEmpty() && overrides.stream().allMatch(Optional::isPresent);
        return Optional.of(new Units(type, ofEachLaunch ? Optional.of(known.get(0)) : Optional.empty()));
    }

    /**
     * The fewest units that an instance counts for which is launched with the override, if it says so. With attributes of
     * instance types in place of types, Auto Scaling weighs each type itself, and a minimum of zero is none.
     */
    private static Optional<Integer> least(LaunchTemplateOverrides override, String type) {
        var attributes = Optional.ofNullable(override.instanceRequirements());
        return switch (type) {
            case UNITS -> weight(override.weightedCapacity());
            case "vcpu" ->
                attributes
                        .map(InstanceRequirements::vCpuCount)
                        .map(VCpuCountRequest::min)
                        .filter(min -> min > 0);
            case "memory-mib" ->
                attributes
                        .map(InstanceRequirements::memoryMiB)
                        .map(MemoryMiBRequest::min)
                        .filter(min -> min > 0);
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> weight(String capacity) {
        return Optional.ofNullable(capacity).map(Integer::valueOf);
    }

    private static Optional<MaintenancePolicy> maintenance(InstanceMaintenancePolicy policy) {
        var min = policy.minHealthyPercentage();
        var max = policy.maxHealthyPercentage();
        return min == null || max == null || min == CLEARED || max == CLEARED
                ? Optional.empty()
                : Optional.of(new MaintenancePolicy(min, max));
    }

    private static WarmPool warmPool(WarmPoolConfiguration warmPool) {
        return new WarmPool(
                Optional.ofNullable(warmPool.minSize()).orElse(0),
                Optional.ofNullable(warmPool.maxGroupPreparedCapacity()).filter(max -> max != CLEARED),
                warmPool.instanceReusePolicy() != null
                        && Boolean.TRUE.equals(warmPool.instanceReusePolicy().reuseOnScaleIn()));
    }

    /** An override that names none uses that of the policy. */
    private static List<LaunchTemplate> launchTemplates(AutoScalingGroup group) {
        var ofThePolicy = Stream.ofNullable(group.mixedInstancesPolicy())
                .flatMap(policy -> Stream.ofNullable(policy.launchTemplate()))
                .flatMap(template -> template.overrides().isEmpty()
                        ? Stream.ofNullable(template.launchTemplateSpecification())
                        : template.overrides().stream()
                                .flatMap(override -> Optional.ofNullable(override.launchTemplateSpecification())
                                        .or(() -> Optional.ofNullable(template.launchTemplateSpecification()))
                                        .stream()));
        return Stream.concat(Stream.ofNullable(group.launchTemplate()), ofThePolicy)
                .map(GroupReader::launchTemplate)
                .distinct()
                .toList();
    }

    private static LaunchTemplate launchTemplate(LaunchTemplateSpecification template) {
        return new LaunchTemplate(
                Optional.ofNullable(template.launchTemplateId()),
                Optional.ofNullable(template.launchTemplateName()),
                Objects.requireNonNullElse(template.version(), "$Default"));
    }
}
