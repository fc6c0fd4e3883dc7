package eiponlaunch.simulator.world.ec2;

import asl.time.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Since when EC2's calls know the new instances that they did not know at once: a call soon after a launch may not find one. */
final class NewInstances {
    private final VirtualTime time;
    private final Map<String, Instant> knownFrom = new HashMap<>();
    private Instant allKnownFrom = Instant.MIN;

    NewInstances(VirtualTime time) {
        this.time = time;
    }

    void knowFrom(String instanceId, Instant known) {
        if (known.isAfter(time.now())) {
            knownFrom.put(instanceId, known);
            allKnownFrom = known.isAfter(allKnownFrom) ? known : allKnownFrom;
        }
    }

    boolean isKnown(String instanceId) {
        return !time.now().isBefore(knownFrom.getOrDefault(instanceId, Instant.MIN));
    }

    List<Instance> known(List<Instance> instances) {
        if (!time.now().isBefore(allKnownFrom)) {
            return instances;
        }
        var known = new ArrayList<Instance>();
        for (var instance : instances) {
            if (isKnown(instance.instanceId())) {
                known.add(instance);
            }
        }
        return known;
    }
}
