package eiponlaunch.findinstanceswithouteip;

import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipOutput.InstanceWithoutEip;
import eiponlaunch.model.Zone;

/**
 * An instance as its group shows it.
 *
 * @param zone null when the group does not tell
 */
record Member(String instanceId, String autoScalingGroupName, Zone zone) {
    /** The name of its zone, or null. */
    String zoneName() {
        return zone == null ? null : zone.name();
    }

    InstanceWithoutEip withoutEip() {
        return new InstanceWithoutEip(instanceId, autoScalingGroupName);
    }
}
