package eiponlaunch.simulator.world.ec2;

import asl.time.VirtualTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Since when EC2's calls know each new instance: a call soon after a launch may not find it. */
final class NewInstances {
    private final VirtualTime time;
    private final Map<String, Instant> knownFrom = new HashMap<>();
    private Instant allKnownFrom = Instant.MIN;

    NewInstances(VirtualTime time) {
        this.time = time;
    }

    void knowFrom(String instanceId, Instant known) {
        knownFrom.put(instanceId, known);
        allKnownFrom = known.isAfter(allKnownFrom) ? known : allKnownFrom;
    }

    boolean isKnown(String instanceId) {
        return !time.now().isBefore(knownFrom.getOrDefault(instanceId, Instant.MIN));
    }

    List<Instance> known(List<Instance> instances) {
        return time.now().isBefore(allKnownFrom)
                ? instances.stream()
                        .filter(instance -> isKnown(instance.instanceId()))
                        .toList()
                : instances;
    }
}
