package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import java.util.Map;

/** Whose execution it is. */
final class Tokens {
    private Tokens() {}

    /** The token of the lifecycle action that the execution is about, or an empty text. */
    static String of(Execution execution) {
        return execution.input() instanceof Map<?, ?> event
                        && event.get("detail") instanceof Map<?, ?> detail
                        && detail.get("LifecycleActionToken") instanceof String token
                ? token
                : "";
    }
}
