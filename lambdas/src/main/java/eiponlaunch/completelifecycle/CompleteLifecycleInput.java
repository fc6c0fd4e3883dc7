package eiponlaunch.completelifecycle;

import eiponlaunch.failure.MalformedEventException;

/**
 * @param event the lifecycle hook's EventBridge event, unchecked: a malformed one may still name its lifecycle action
 * @param result what becomes of the launch; a termination continues either way
 * @param pool the name of the pool, only to report it; may be null
 * @param hookNames the hooks that are served, separated by commas; null for all
 */
public record CompleteLifecycleInput(Object event, Result result, String pool, String hookNames) {
    public CompleteLifecycleInput {
        if (result == null) {
            throw new MalformedEventException("The task's input needs result, CONTINUE or ABANDON");
        }
    }

    /** Of any hook. */
    public CompleteLifecycleInput(Object event, Result result, String pool) {
        this(event, result, pool, null);
    }

    /** The values of LifecycleActionResult. */
    public enum Result {
        CONTINUE,
        ABANDON
    }
}
