package eiponlaunch.findinstanceswithouteip;

import java.util.List;

/**
 * @param groups the groups that were asked for
 * @param dryRun whether nothing is to be changed
 * @param replaceOtherEips whether an Elastic IP that is not of the pool is replaced
 * @param inService how many instances the groups have in service
 * @param withoutEip how many of these have no address of their pool
 * @param instances which of them are to get one now, all of one pool
 * @param notificationMetadata what chooses that pool, as a hook's NotificationMetadata would; null for the stack's own
 * @param queue the IDs of those that want an address of that pool, in the order in which they get theirs
 * @param notFound the groups that are not there
 * @param leftOut why the other groups were left out: the metadata of their hook is malformed
 * @param queueZones the names of the zones of those of {@code queue}, in its order, null for one that is not known;
 *     empty when no address serves one zone alone
 * @param seen the IDs of those that want an address of any pool, in the order in which the run comes to them
 */
public record FindInstancesWithoutEipOutput(
        List<String> groups,
        boolean dryRun,
        boolean replaceOtherEips,
        int inService,
        int withoutEip,
        List<InstanceWithoutEip> instances,
        String notificationMetadata,
        List<String> queue,
        List<String> notFound,
        List<String> leftOut,
        List<String> queueZones,
        List<String> seen) {
    /** An instance in service and its group. */
    public record InstanceWithoutEip(String instanceId, String autoScalingGroupName) {}
}
