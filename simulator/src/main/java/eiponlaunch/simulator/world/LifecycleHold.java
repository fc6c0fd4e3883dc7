package eiponlaunch.simulator.world;

import java.time.Instant;

/**
 * An instance held by its lifecycle hook.
 *
 * @param heartbeatEnds when the hook's default result applies: ABANDON for a launch, either for a termination
 * @param toWarmPool whether the instance goes to a warm pool
 * @param terminating whether it leaves the group; else it launches
 */
public record LifecycleHold(
        String group,
        String hook,
        String token,
        String instanceId,
        Instant heartbeatEnds,
        boolean toWarmPool,
        boolean terminating) {}
