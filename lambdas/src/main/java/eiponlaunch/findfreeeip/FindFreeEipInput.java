package eiponlaunch.findfreeeip;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPool;

/**
 * @param event the launch's EventBridge event, unchecked
 * @param pool the pool to look in
 * @param deadlineSeconds how long after the event's time an address may still be associated
 */
public record FindFreeEipInput(JsonNode event, EipPool pool, int deadlineSeconds) {
    public FindFreeEipInput {
        if (pool == null) {
            throw new MalformedEventException("The task's input has no usable pool");
        }
    }
}
