package eiponlaunch.associateeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.ElasticIp;
import java.time.Instant;

/**
 * @param instanceId the launching instance
 * @param eip the address that FindFreeEip found
 * @param deadline when the last association may be made
 * @param pool the name of the address's pool, only to report it; may be null
 * @param event the launch's EventBridge event, only to report whose launch it is; may be null
 */
public record AssociateEipInput(String instanceId, ElasticIp eip, Instant deadline, String pool, Object event) {
    public AssociateEipInput {
        if (instanceId == null || eip == null || deadline == null) {
            throw new MalformedEventException("The task's input needs instanceId, eip and deadline");
        }
    }

    public AssociateEipInput(String instanceId, ElasticIp eip, Instant deadline) {
        this(instanceId, eip, deadline, null, null);
    }
}
