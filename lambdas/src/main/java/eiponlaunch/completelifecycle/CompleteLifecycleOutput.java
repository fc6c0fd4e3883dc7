package eiponlaunch.completelifecycle;

import eiponlaunch.completelifecycle.CompleteLifecycleInput.Result;
import eiponlaunch.model.LifecycleAction;

/**
 * @param outcome whether Auto Scaling accepted the result
 * @param result what was asked for
 * @param action the lifecycle action
 */
public record CompleteLifecycleOutput(Outcome outcome, Result result, LifecycleAction action) {
    /** What completing an action can come to. The names are part of the state machine. */
    public enum Outcome {
        /** The action is completed with this result. */
        Completed,
        /** There was no active action: it was completed before, its heartbeat ended, or the instance is gone. */
        NoActiveAction
    }
}
