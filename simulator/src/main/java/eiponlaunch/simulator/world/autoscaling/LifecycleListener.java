package eiponlaunch.simulator.world.autoscaling;

import java.time.Instant;

/** Is told of every lifecycle action, at the instant at which it begins or ends. */
public interface LifecycleListener {
    /** A lifecycle action began. */
    default void actionStarted(LifecycleHold hold) {}

    /** Its heartbeat began anew. */
    default void heartbeatRecorded(LifecycleHold hold, Instant ends) {}

    /** Auto Scaling accepted CONTINUE or ABANDON. */
    default void actionCompleted(LifecycleHold hold, String result) {}

    /** The heartbeat ended first. */
    default void actionExpired(LifecycleHold hold) {}

    /** An instance came into its warm pool, new or back from the group. */
    default void enteredWarmPool(String instanceId) {}
}
