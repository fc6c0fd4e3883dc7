package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An Auto Scaling group.
 *
 * @param name its name
 * @param arn its ARN
 * @param maxSize its maximum size
 * @param desiredCapacity how many instances it should have
 * @param members its instances
 * @param subnetIds where it launches
 * @param maintenance the percentages of its instance maintenance policy, if it has one
 * @param warmPool its warm pool, if it has one
 * @param tags the tags that its instances get from it
 * @param launchTemplate what it launches, unless that is a launch configuration
 */
public record Group(
        String name,
        String arn,
        int maxSize,
        int desiredCapacity,
        List<Member> members,
        List<String> subnetIds,
        Optional<MaintenancePolicy> maintenance,
        Optional<WarmPool> warmPool,
        Map<String, String> tags,
        Optional<LaunchTemplate> launchTemplate) {
    public Group {
        members = List.copyOf(members);
        subnetIds = List.copyOf(subnetIds);
        tags = Map.copyOf(tags);
    }

    /** One of its instances and its lifecycle state, such as {@code InService}. */
    public record Member(String instanceId, String lifecycleState) {
        public boolean inService() {
            return lifecycleState.equals("InService");
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

    /** A version of a launch template. */
    public record LaunchTemplate(String id, String version) {}

    /** The instances in service, by ID. */
    public List<String> inService() {
        return members.stream()
                .filter(Member::inService)
                .map(Member::instanceId)
                .toList();
    }

    /** The instances that it retains, by ID. */
    public Set<String> retained() {
        return members.stream()
                .filter(Member::retained)
                .map(Member::instanceId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The instances, by ID. */
    public Set<String> instanceIds() {
        return members.stream().map(Member::instanceId).collect(Collectors.toUnmodifiableSet());
    }
}
