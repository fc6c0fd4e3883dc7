package eiponlaunch.simulator.world;

import java.time.Instant;

/**
 * An instance held by its lifecycle hook.
 *
 * @param heartbeatEnds when the hook's default result, ABANDON, applies
 * @param toWarmPool whether the instance goes to a warm pool
 */
public record LifecycleHold(
        String group, String hook, String token, String instanceId, Instant heartbeatEnds, boolean toWarmPool) {}
