package eiponlaunch.findfreeeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.Zone;
import java.util.List;

/**
 * @param event the launch's EventBridge event, unchecked
 * @param pools the pools that the launch may take from
 * @param deadlineSeconds how long after the event's time an address may still be associated
 * @param afterLaunches when the instance runs already: all instances that run already and want an address, in the order in
 *     which they get theirs after all launches; for a launch, null or empty
 * @param triedInVain the allocation IDs of addresses that the execution tried in vain, oldest first; null for none
 * @param hookNames the hooks that are served, separated by commas; null for all
 * @param replaceOtherEips whether an Elastic IP of the instance that is not of the pool is replaced; null from a definition
 *     that does not know of such a failure, which replaces it
 * @param poolGroupNames the groups that take from the stack's own pool, separated by commas; empty or null when only the
 *     launch's own group is known to
 * @param pace how fast AssociateAddress is granted; null from a definition that does not know of plans
 * @param throttledLooks how many looks of the execution were throttled, by EC2 or by Auto Scaling; null for none
 * @param plan what an earlier look came to, when only the turn is to be told anew; null for a whole look
 * @param unanswered the looks before this one that Auto Scaling throttled, one after the other; null for none
 * @param poolWasEmpty whether the look before found no free address; null for no
 * @param zone the instance's zone, as a look before found it; null when that is not known
 * @param afterLaunchesZones the names of the zones of {@code afterLaunches}, in the same order, null for one that is not known;
 *     null or empty when none is known
 */
public record FindFreeEipInput(
        Object event,
        EipPools pools,
        int deadlineSeconds,
        List<String> afterLaunches,
        List<String> triedInVain,
        String hookNames,
        Boolean replaceOtherEips,
        String poolGroupNames,
        Pace pace,
        Integer throttledLooks,
        Plan plan,
        Unanswered unanswered,
        Boolean poolWasEmpty,
        Zone zone,
        List<String> afterLaunchesZones) {
    public FindFreeEipInput {
        afterLaunches = afterLaunches == null ? List.of() : List.copyOf(afterLaunches);
        triedInVain = triedInVain == null ? List.of() : List.copyOf(triedInVain);
        if (pools == null) {
            throw new MalformedEventException("The task's input has no usable pools");
        }
        if (deadlineSeconds <= 0) {
            throw new MalformedEventException("The task's input has no usable deadlineSeconds");
        }
    }

    /** The zone of one of {@code afterLaunches}; null when it is not known. */
    Zone zoneAfterLaunches(int index) {
        var name =
                afterLaunchesZones == null || index >= afterLaunchesZones.size() ? null : afterLaunchesZones.get(index);
        return name == null ? null : new Zone(name);
    }

    /** Whether the definition knows of plans, and of the outcomes NotShown and Throttled. */
    boolean plans() {
        return pace != null;
    }
}
