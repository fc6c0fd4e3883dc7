package eiponlaunch.simulator.world.autoscaling;

import java.time.Instant;

/**
 * An instance held by its lifecycle hook.
 *
 * @param heartbeatEnds when the hook's default result applies, unless a heartbeat is recorded: ABANDON for a launch; for a
 *     termination CONTINUE, or ABANDON where groups retain instances
 * @param toWarmPool whether the instance goes to a warm pool
 * @param terminating whether its hook is a terminating one; else it launches
 * @param staysInService whether a terminating hook holds an instance that only gets a new root volume
 */
public record LifecycleHold(
        String group,
        String hook,
        String token,
        String instanceId,
        Instant heartbeatEnds,
        boolean toWarmPool,
        boolean terminating,
        boolean staysInService) {}
