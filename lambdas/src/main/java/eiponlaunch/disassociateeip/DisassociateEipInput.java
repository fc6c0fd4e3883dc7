package eiponlaunch.disassociateeip;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPool;

/**
 * @param event the termination's EventBridge event, unchecked
 * @param pool the pool whose addresses are given back
 */
public record DisassociateEipInput(JsonNode event, EipPool pool) {
    public DisassociateEipInput {
        if (pool == null) {
            throw new MalformedEventException("The task's input has no usable pool");
        }
    }
}
