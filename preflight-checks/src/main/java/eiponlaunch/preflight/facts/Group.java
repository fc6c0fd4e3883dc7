package eiponlaunch.preflight.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Auto Scaling group.
 *
 * @param name its name
 * @param arn its ARN
 * @param maxSize its maximum size
 * @param desiredCapacity how many instances it should have
 * @param units what these two count, if that is not instances
 * @param suspended its processes that are suspended, such as {@code Launch}, and why
 * @param members its instances
 * @param subnetIds where it launches
 * @param maintenance the percentages of its instance maintenance policy, if it has one
 * @param warmPool its warm pool, if it has one
 * @param tags the tags that its instances get from it
 * @param launchTemplates those that its launches may use, each once
 * @param launchConfiguration the name of what it launches with in place of launch templates, if it does
 * @param retains whether it keeps an instance whose terminating hook is abandoned
 */
public record Group(
        String name,
        String arn,
        int maxSize,
        int desiredCapacity,
        Optional<Units> units,
        Map<String, String> suspended,
        List<Member> members,
        List<String> subnetIds,
        Optional<MaintenancePolicy> maintenance,
        Optional<WarmPool> warmPool,
        Map<String, String> tags,
        List<LaunchTemplate> launchTemplates,
        Optional<String> launchConfiguration,
        boolean retains) {
    public Group {
        suspended = Map.copyOf(suspended);
        members = List.copyOf(members);
        subnetIds = List.copyOf(subnetIds);
        tags = Map.copyOf(tags);
        launchTemplates = List.copyOf(launchTemplates);
    }

    /**
     * What a group counts in place of instances.
     *
     * @param name what one of them is called
     * @param smallest the fewest that an instance counts for, if that is known
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-instance-weighting.html">Instance weights</a>
     */
    public record Units(String name, Optional<Integer> smallest) {}

    /**
     * One of its instances.
     *
     * @param instanceId its ID
     * @param lifecycleState where it is, such as {@code InService}
     * @param weight how many units it counts for, if it has a weight
     */
    public record Member(String instanceId, String lifecycleState, Optional<Integer> weight) {
        public boolean inService() {
            return lifecycleState.equals("InService");
        }

        /**
         * Whether it gets another root volume and returns to service: it keeps its address meanwhile.
         *
         * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/replace-root-volume.html">Replace root volumes</a>
         */
        public boolean replacingRootVolume() {
            return lifecycleState.startsWith("ReplacingRootVolume") || lifecycleState.equals("RootVolumeReplaced");
        }

        /** Whether it is on its way into service, also out of the warm pool. */
        public boolean launching() {
            return lifecycleState.startsWith("Pending");
        }

        /**
         * Whether it is in the warm pool, or on its way into it or out of it to its end.
         *
         * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/warm-pool-instance-lifecycle.html">Lifecycle
         *     state transitions for instances in a warm pool</a>
         */
        public boolean warm() {
            return lifecycleState.startsWith("Warmed:");
        }

        /**
         * Whether it is kept after an abandoned terminating hook, until somebody terminates it.
         *
         * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-lifecycle-policy.html">Instance
         *     lifecycle policies</a>
         */
        public boolean retained() {
            return lifecycleState.endsWith(":Retained");
        }
    }

    /** The healthy percentages within which the group replaces instances. */
    public record MaintenancePolicy(int minHealthyPercentage, int maxHealthyPercentage) {}

    /**
     * Instances that wait beside the group.
     *
     * @param minSize how many at least
     * @param maxPrepared the most instances in the warm pool and the group together, if that is set
     * @param reuseOnScaleIn whether instances go back into it
     */
    public record WarmPool(int minSize, Optional<Integer> maxPrepared, boolean reuseOnScaleIn) {}

    /**
     * A version of a launch template.
     *
     * @param id its ID, unless only its name is known
     * @param name its name, unless only its ID is known
     * @param version a number, {@code $Default} or {@code $Latest}
     */
    public record LaunchTemplate(Optional<String> id, Optional<String> name, String version) {}

    /** The same with more members. Of an instance that both name, the later look tells where it is. */
    Group with(List<Member> lookedAtLater) {
        var all = new LinkedHashMap<String, Member>();
        Stream.concat(members.stream(), lookedAtLater.stream()).forEach(member -> all.put(member.instanceId(), member));
        return new Group(
                name,
                arn,
                maxSize,
                desiredCapacity,
                units,
                suspended,
                List.copyOf(all.values()),
                subnetIds,
                maintenance,
                warmPool,
                tags,
                launchTemplates,
                launchConfiguration,
                retains);
    }

    /**
     * How many instances the group has at most when it has this capacity, if that is known. It launches as long as something is
     * missing, so the last one may exceed it.
     */
    public Optional<Integer> mostInstances(int capacity) {
        return units.isEmpty() ? Optional.of(capacity) : units.get().smallest().map(one -> (capacity + one - 1) / one);
    }

    /**
     * How many instances are still to be launched at most before those that count have the desired capacity together, if that is
     * known. One without a weight counts for the least that an instance may.
     */
    public Optional<Integer> mostToLaunch(Predicate<Member> counts) {
        var least = units.flatMap(Units::smallest).orElse(1);
        var there = members.stream()
                .filter(counts)
                .mapToInt(member -> member.weight().orElse(least))
                .sum();
        return mostInstances(Math.max(0, desiredCapacity - there));
    }

    /** The capacity for a reader: {@code 12}, or {@code 12 units, up to 6 instances}. */
    public String describe(int capacity) {
        return units.map(unit -> capacity + " " + unit.name()
                        + mostInstances(capacity)
                                .map(most -> ", up to " + most + " instances")
                                .orElse(""))
                .orElse(String.valueOf(capacity));
    }

    /** The instances in service, by ID. */
    public List<String> inService() {
        return members.stream()
                .filter(Member::inService)
                .map(Member::instanceId)
                .toList();
    }

    /** Those of its instances, by ID. */
    public Set<String> instanceIds(Predicate<Member> which) {
        return members.stream().filter(which).map(Member::instanceId).collect(Collectors.toUnmodifiableSet());
    }
}
