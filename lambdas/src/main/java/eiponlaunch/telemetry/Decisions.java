package eiponlaunch.telemetry;

import eiponlaunch.model.LifecycleAction;

/** Is told of every decision that a handler takes. Never throws: what was done is done. */
@FunctionalInterface
public interface Decisions {
    /** Tells nobody. */
    Decisions NONE = decision -> {};

    void report(Decision decision);

    /** Tells of something about a launch that is not wrong but perhaps not meant. */
    default void warn(LifecycleAction action, String message) {}
}
