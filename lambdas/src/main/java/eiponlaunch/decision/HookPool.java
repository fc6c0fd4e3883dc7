package eiponlaunch.decision;

import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.LifecycleAction;

/** Which pool a hook's event is about. */
public final class HookPool {
    private HookPool() {}

    /**
     * The pool that the hook's metadata chooses, or the stack's own.
     *
     * @param metadata the event's NotificationMetadata, or null
     * @param decisions warned when the metadata is meant for somebody else
     * @throws MalformedMetadataException when the metadata chooses a pool, but not in the form that is read
     */
    public static EipPool of(LifecycleAction action, String metadata, EipPools pools, Decisions decisions) {
        if (EipPools.isForOthers(metadata)) {
            decisions.warn(
                    action,
                    "The hook's NotificationMetadata is not JSON, so it chooses no pool: the stack's own holds.");
        }
        return pools.chosenBy(metadata);
    }
}
