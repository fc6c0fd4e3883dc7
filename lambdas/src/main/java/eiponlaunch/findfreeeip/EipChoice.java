package eiponlaunch.findfreeeip;

import eiponlaunch.model.ElasticIp;
import java.util.List;

/** Which of the free addresses an instance tries. A policy without AWS clients, so that it can be exchanged and tested. */
@FunctionalInterface
public interface EipChoice {
    /** @param free the free addresses of the pool, at least one */
    ElasticIp choose(String instanceId, List<ElasticIp> free);
}
