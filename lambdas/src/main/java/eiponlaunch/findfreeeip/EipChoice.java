package eiponlaunch.findfreeeip;

import eiponlaunch.model.ElasticIp;
import java.util.List;

/** Which of the free addresses an instance tries. A policy without AWS clients, so that it can be exchanged and tested. */
@FunctionalInterface
public interface EipChoice {
    /**
     * @param instanceId the instance that asks
     * @param place how many launches are ahead of it
     * @param free the free addresses of the pool, at least one, ordered by allocation ID
     */
    ElasticIp choose(String instanceId, int place, List<ElasticIp> free);
}
