package eiponlaunch.findfreeeip;

import eiponlaunch.model.ElasticIp;
import java.util.List;

/** The n-th launch in the queue tries the n-th free address, so that no two of them try the same one. */
public final class RankedChoice implements EipChoice {
    @Override
    public ElasticIp choose(String instanceId, int place, List<ElasticIp> free) {
        return free.get(place % free.size());
    }
}
