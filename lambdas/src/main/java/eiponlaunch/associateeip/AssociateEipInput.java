package eiponlaunch.associateeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.ElasticIp;
import java.time.Instant;
import java.util.List;

/**
 * @param instanceId the launching instance
 * @param eip the address that FindFreeEip found
 * @param deadline when the last association may be made
 * @param pool the name of the address's pool, only to report it; may be null
 * @param event the launch's EventBridge event, which tells whose launch it is and since when; may be null
 * @param triedInVain the allocation IDs of free addresses that were tried in vain before, oldest first; null when the
 *     definition does not know the outcome Refused
 * @param refusedSince when AWS first refused one of them, or null
 * @param startBy when the attempt must have begun, as Step Functions may give it up soon after; null for no such limit
 * @param zone the name of the instance's zone, only to report it; may be null
 */
public record AssociateEipInput(
        String instanceId,
        ElasticIp eip,
        Instant deadline,
        String pool,
        Object event,
        List<String> triedInVain,
        Instant refusedSince,
        Instant startBy,
        String zone) {
    public AssociateEipInput {
        if (instanceId == null || eip == null || deadline == null) {
            throw new MalformedEventException("The task's input needs instanceId, eip and deadline");
        }
    }

    public AssociateEipInput(String instanceId, ElasticIp eip, Instant deadline) {
        this(instanceId, eip, deadline, null, null);
    }

    /** Of a definition that does not know of zones. */
    public AssociateEipInput(
            String instanceId,
            ElasticIp eip,
            Instant deadline,
            String pool,
            Object event,
            List<String> triedInVain,
            Instant refusedSince,
            Instant startBy) {
        this(instanceId, eip, deadline, pool, event, triedInVain, refusedSince, startBy, null);
    }

    /** Of a definition that does not know the outcome Refused. */
    public AssociateEipInput(String instanceId, ElasticIp eip, Instant deadline, String pool, Object event) {
        this(instanceId, eip, deadline, pool, event, null, null, null);
    }
}
