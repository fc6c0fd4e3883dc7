package eiponlaunch.simulator.world.autoscaling;

import java.time.Instant;

/**
 * An instance held by its lifecycle hook.
 *
 * @param heartbeatEnds when the hook's default result applies: ABANDON for a launch, either for a termination
 * @param toWarmPool whether the instance goes to a warm pool
 * @param terminating whether its hook is a terminating one; else it launches
 * @param staysInService whether a terminating hook holds an instance that only gets a new root volume
 * @param fromWarmPool whether a launch's instance leaves a warm pool
 */
public record LifecycleHold(
        String group,
        String hook,
        String token,
        String instanceId,
        Instant heartbeatEnds,
        boolean toWarmPool,
        boolean terminating,
        boolean staysInService,
        boolean fromWarmPool) {
    /** Of an instance that leaves no warm pool. */
    public LifecycleHold(
            String group,
            String hook,
            String token,
            String instanceId,
            Instant heartbeatEnds,
            boolean toWarmPool,
            boolean terminating,
            boolean staysInService) {
        this(group, hook, token, instanceId, heartbeatEnds, toWarmPool, terminating, staysInService, false);
    }
}
