package eiponlaunch.disassociateeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPools;

/**
 * @param event the termination's EventBridge event, unchecked
 * @param pools the stack's pool, whose addresses are given back, and what others the hook may choose
 * @param hookNames the hooks that are served, separated by commas; null for all
 */
public record DisassociateEipInput(Object event, EipPools pools, String hookNames) {
    public DisassociateEipInput {
        if (pools == null) {
            throw new MalformedEventException("The task's input has no usable pools");
        }
    }

    /** Of any hook. */
    public DisassociateEipInput(Object event, EipPools pools) {
        this(event, pools, null);
    }
}
