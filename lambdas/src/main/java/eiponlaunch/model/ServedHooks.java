package eiponlaunch.model;

import eiponlaunch.failure.HookNotServedException;
import java.util.Arrays;
import java.util.List;

/**
 * The lifecycle hooks whose actions a state machine may answer. Its rule lets no other event through, but anyone who
 * may start an execution can give it any input, and the roles reach every group: so each function looks itself.
 */
public final class ServedHooks {
    private final List<String> names;

    /** @param names separated by commas; null from a definition that does not know this yet, which serves every hook */
    public ServedHooks(String names) {
        this.names = names == null
                ? null
                : Arrays.stream(names.split(",")).map(String::strip).toList();
    }

    /** @throws HookNotServedException when the action is of another hook */
    public void require(LifecycleAction action) {
        if (names != null && !names.contains(action.lifecycleHookName())) {
            throw new HookNotServedException("The event comes from the lifecycle hook " + action.lifecycleHookName()
                    + " of the group " + action.autoScalingGroupName() + ", but this stack serves only "
                    + String.join(", ", names)
                    + ". Nothing was done. If the hook is meant to be served, add its name to"
                    + " the stack's HookNames or TerminateHookNames; else see in CloudTrail (StartExecution) who started"
                    + " the execution.");
        }
    }
}
