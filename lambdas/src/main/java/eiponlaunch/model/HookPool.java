package eiponlaunch.model;

import eiponlaunch.failure.MalformedMetadataException;
import java.util.function.Consumer;

/** Which pool a hook's event is about. */
public final class HookPool {
    private HookPool() {}

    /**
     * The pool that the hook's metadata chooses, or the stack's own.
     *
     * @param metadata the event's NotificationMetadata, or null
     * @param warn told when the metadata is meant for somebody else
     * @throws MalformedMetadataException when the metadata chooses a pool, but not in the form that is read
     */
    public static EipPool of(String metadata, EipPools pools, Consumer<String> warn) {
        if (EipPools.isForOthers(metadata)) {
            warn.accept(
                    "The hook's NotificationMetadata is not JSON, so it chooses no pool. The stack's pool is used.");
        }
        return pools.chosenBy(metadata);
    }
}
