package eiponlaunch.simulator.choice;

import eiponlaunch.findfreeeip.EipChoice;
import eiponlaunch.model.ElasticIp;
import java.util.Comparator;
import java.util.List;

/** Every instance prefers the addresses in an order of its own: as good as a random pick, and the same each time. */
public final class OwnOrderChoice implements EipChoice {
    @Override
    public ElasticIp choose(String instanceId, int place, List<ElasticIp> free) {
        return free.stream()
                .max(Comparator.comparingLong((ElasticIp eip) -> weight(instanceId, eip))
                        .thenComparing(ElasticIp::allocationId))
                .orElseThrow();
    }

    private static long weight(String instanceId, ElasticIp eip) {
        var hash = 0xcbf29ce484222325L; // FNV-1a, then mixed: String.hashCode keeps similar IDs in similar order
        for (var c : (instanceId + eip.allocationId()).toCharArray()) {
            hash = (hash ^ c) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }
}
