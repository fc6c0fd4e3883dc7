package eiponlaunch.telemetry;

import eiponlaunch.model.LifecycleAction;

/** Is told of every decision that a handler makes. Never throws: the work is already done. */
@FunctionalInterface
public interface Decisions {
    /** Tells nobody. */
    Decisions NONE = decision -> {};

    void report(Decision decision);

    /** Warns of something about a launch that is not an error, but perhaps not intended. */
    default void warn(LifecycleAction action, String message) {}
}
