package eiponlaunch.simulator.choice;

import eiponlaunch.findfreeeip.EipChoice;
import eiponlaunch.model.ElasticIp;
import java.util.List;

/** The first free address, for everybody: what a loop over the addresses does. */
public final class FirstFreeChoice implements EipChoice {
    @Override
    public ElasticIp choose(String instanceId, int place, List<ElasticIp> free) {
        return free.get(0);
    }
}
