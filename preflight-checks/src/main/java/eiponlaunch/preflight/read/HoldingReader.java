package eiponlaunch.preflight.read;

import eiponlaunch.model.EipPool;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Holding;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * Who has the addresses of a pool.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingInstances.html">
 *     DescribeAutoScalingInstances</a>
 */
record HoldingReader(Ec2Client ec2, AutoScalingClient autoScaling) {
    /** What Auto Scaling takes in one request. */
    private static final int MOST_INSTANCES = 50;

    /** The pool's addresses in the order of their allocation IDs. */
    Lookup<List<Holding>> holdings(EipPool pool) {
        return new NetworkReader(ec2)
                .addresses()
                .then(all -> Lookup.of(new PoolAddresses(pool, all, Set.of(), List.of())
                        .tagged().stream()
                                .sorted(Comparator.comparing(Address::allocationId))
                                .toList()))
                .then(addresses -> {
                    var groups = groups(addresses.stream()
                                    .flatMap(address -> address.instanceId().stream())
                                    .toList())
                            .orElse(Map.of());
                    return Lookup.of(addresses.stream()
                            .map(address ->
                                    new Holding(address, address.instanceId().map(groups::get)))
                            .toList());
                });
    }

    private Lookup<Map<String, String>> groups(List<String> instanceIds) {
        return Call.of("autoscaling:DescribeAutoScalingInstances", () -> {
            var groups = new HashMap<String, String>();
            for (var ids : inParts(instanceIds)) {
                autoScaling
                        .describeAutoScalingInstances(request -> request.instanceIds(ids))
                        .autoScalingInstances()
                        .forEach(instance -> groups.put(instance.instanceId(), instance.autoScalingGroupName()));
            }
            return Lookup.of(groups);
        });
    }

    private static List<List<String>> inParts(List<String> ids) {
        var parts = new ArrayList<List<String>>();
        for (var from = 0; from < ids.size(); from += MOST_INSTANCES) {
            parts.add(ids.subList(from, Math.min(ids.size(), from + MOST_INSTANCES)));
        }
        return parts;
    }
}
