package eiponlaunch.preflight.facts;

import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.EipPools;
import java.util.Optional;

/**
 * The pool from which a hook's launches take their address, or to which its terminations give it back, found out as the
 * workflow does.
 *
 * @param pool the pool; none when the workflow refuses the hook's NotificationMetadata
 * @param metadataIgnored whether the hook has metadata that is not JSON, which is then taken for somebody else's
 * @param refusal why there is no pool; empty when there is one
 */
public record HookPool(Optional<EipPool> pool, boolean metadataIgnored, String refusal) {
    public static HookPool of(Hook hook, EipPools pools) {
        var metadata = hook.metadata().orElse(null);
        try {
            return new HookPool(Optional.of(pools.chosenBy(metadata)), EipPools.isForOthers(metadata), "");
        } catch (MalformedMetadataException e) {
            return new HookPool(Optional.empty(), false, e.getMessage());
        }
    }

    /** Whether every address of the other pool counts as one of this pool, too. */
    public boolean covers(EipPool other) {
        return pool.filter(own -> other.tags().entrySet().containsAll(own.tags().entrySet()))
                .isPresent();
    }
}
