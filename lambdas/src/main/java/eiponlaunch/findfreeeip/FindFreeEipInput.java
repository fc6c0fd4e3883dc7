package eiponlaunch.findfreeeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPools;

/**
 * @param event the launch's EventBridge event, unchecked
 * @param pools the pools that the launch may take from
 * @param instanceTag a tag, {@code Key=Value}, of all instances that take from the stack's own pool; empty or null when
 *     only those of the launch's group are known to
 * @param deadlineSeconds how long after the event's time an address may still be associated
 */
public record FindFreeEipInput(Object event, EipPools pools, String instanceTag, int deadlineSeconds) {
    public FindFreeEipInput {
        if (pools == null) {
            throw new MalformedEventException("The task's input has no usable pools");
        }
        if (deadlineSeconds <= 0) {
            throw new MalformedEventException("The task's input has no usable deadlineSeconds");
        }
    }
}
