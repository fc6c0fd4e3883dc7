package eiponlaunch.associateeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.ElasticIp;
import java.time.Instant;

/**
 * @param instanceId the launching instance
 * @param eip the address that FindFreeEip found
 * @param deadline when the last association may be made
 */
public record AssociateEipInput(String instanceId, ElasticIp eip, Instant deadline) {
    public AssociateEipInput {
        if (instanceId == null || eip == null || deadline == null) {
            throw new MalformedEventException("The task's input needs instanceId, eip and deadline");
        }
    }
}
