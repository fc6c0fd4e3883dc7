package eiponlaunch.findfreeeip;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPool;
import java.util.List;

/**
 * @param event the launch's EventBridge event, unchecked
 * @param pool the pool to look in
 * @param deadlineSeconds how long after the event's time an address may still be associated
 * @param afterLaunches when the instance runs already: all instances that run already and want an address, in the order in
 *     which they get theirs after all launches; for a launch, null or empty
 */
public record FindFreeEipInput(JsonNode event, EipPool pool, int deadlineSeconds, List<String> afterLaunches) {
    public FindFreeEipInput {
        afterLaunches = afterLaunches == null ? List.of() : List.copyOf(afterLaunches);
        if (pool == null) {
            throw new MalformedEventException("The task's input has no usable pool");
        }
    }

    /** Of a launch. */
    public FindFreeEipInput(JsonNode event, EipPool pool, int deadlineSeconds) {
        this(event, pool, deadlineSeconds, List.of());
    }
}
