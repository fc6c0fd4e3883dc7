package eiponlaunch.findfreeeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPools;
import java.util.List;

/**
 * @param event the launch's EventBridge event, unchecked
 * @param pools the pools that the launch may take from
 * @param instanceTag a tag, {@code Key=Value}, of all instances that take from the stack's own pool; empty or null when
 *     only those of the launch's group are known to
 * @param deadlineSeconds how long after the event's time an address may still be associated
 * @param afterLaunches when the instance runs already: all instances that run already and want an address, in the order in
 *     which they get theirs after all launches; for a launch, null or empty
 * @param triedInVain the allocation IDs of addresses that the execution tried in vain, oldest first; null for none
 * @param hookNames the hooks that are served, separated by commas; null for all
 * @param replaceOtherEips whether an Elastic IP of the instance that is not of the pool is replaced; null from a definition
 *     that does not know of such a failure, which replaces it
 */
public record FindFreeEipInput(
        Object event,
        EipPools pools,
        String instanceTag,
        int deadlineSeconds,
        List<String> afterLaunches,
        List<String> triedInVain,
        String hookNames,
        Boolean replaceOtherEips) {
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

    /** Of a launch. */
    public FindFreeEipInput(Object event, EipPools pools, String instanceTag, int deadlineSeconds) {
        this(event, pools, instanceTag, deadlineSeconds, List.of(), List.of(), null, null);
    }
}
