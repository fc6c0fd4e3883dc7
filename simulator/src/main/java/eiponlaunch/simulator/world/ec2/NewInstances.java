package eiponlaunch.simulator.world.ec2;

import asl.time.VirtualTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Since when EC2's calls know each new instance: a call soon after a launch may not find it. */
final class NewInstances {
    private final VirtualTime time;
    private final Map<String, Instant> knownFrom = new HashMap<>();
    private final Set<String> late = new HashSet<>();
    private Instant allKnownFrom = Instant.MIN;

    NewInstances(VirtualTime time) {
        this.time = time;
    }

    void knowFrom(String instanceId, Instant known) {
        knownFrom.put(instanceId, known);
        if (known.isAfter(time.now())) {
            late.add(instanceId);
        }
        allKnownFrom = known.isAfter(allKnownFrom) ? known : allKnownFrom;
    }

    boolean isKnown(String instanceId) {
        return !time.now().isBefore(knownFrom.getOrDefault(instanceId, Instant.MIN));
    }

    /** Whether there was a time at which EC2's calls did not know the instance. */
    boolean wasUnknown(String instanceId) {
        return late.contains(instanceId);
    }

    List<Instance> known(List<Instance> instances) {
        return time.now().isBefore(allKnownFrom)
                ? instances.stream()
                        .filter(instance -> isKnown(instance.instanceId()))
                        .toList()
                : instances;
    }
}
