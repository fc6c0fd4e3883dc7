package eiponlaunch.simulator.world.autoscaling;

/** Is told of every lifecycle action, at the instant at which it begins or ends. */
public interface LifecycleListener {
    /** A lifecycle action began. */
    default void actionStarted(LifecycleHold hold) {}

    /** Auto Scaling accepted CONTINUE or ABANDON. */
    default void actionCompleted(LifecycleHold hold, String result) {}

    /** The heartbeat ended first. */
    default void actionExpired(LifecycleHold hold) {}

    /** An instance came into its warm pool, new or back from the group. */
    default void enteredWarmPool(String instanceId) {}
}
