package eiponlaunch.findinstanceswithouteip;

import eiponlaunch.FakeAutoScaling;
import eiponlaunch.FakeEc2;
import eiponlaunch.model.EipPools;
import eiponlaunch.telemetry.Decision;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Tag;

/** FindInstancesWithoutEip over an Auto Scaling and an EC2 that a test fills. */
abstract class FindInstances {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final EipPools POOLS = new EipPools("Application=ForwardProxy", "Application,Team");
    static final Map<String, Object> PROXIES = Map.of("autoScalingGroupName", "proxies");

    final FakeAutoScaling autoScaling = new FakeAutoScaling();
    final FakeEc2 ec2 = new FakeEc2();
    final List<Decision> decisions = new ArrayList<>();
    final FindInstancesWithoutEipHandler handler =
            new FindInstancesWithoutEipHandler(autoScaling, ec2, Clock.fixed(NOW, ZoneOffset.UTC), decisions::add);

    FindInstancesWithoutEipOutput find(Object input) {
        return find(input, List.of(), List.of());
    }

    FindInstancesWithoutEipOutput find(Object input, List<String> repaired, List<String> givenUp) {
        return handler.handleRequest(
                new FindInstancesWithoutEipInput(input, POOLS, "other, associate-eip", repaired, givenUp), null);
    }

    /** Where the tag Zone says which zone alone an address serves. */
    FindInstancesWithoutEipOutput findByZone() {
        var pools = new EipPools("Application=ForwardProxy", "Application,Team", "", "Zone");
        return handler.handleRequest(
                new FindInstancesWithoutEipInput(PROXIES, pools, "associate-eip", List.of(), List.of()), null);
    }

    /** Instances as "ID state". */
    void group(String name, String... instances) {
        autoScaling.groups.add(AutoScalingGroup.builder()
                .autoScalingGroupName(name)
                .instances(List.of(instances).stream()
                        .map(instance -> instance.split(" "))
                        .map(parts -> Instance.builder()
                                .instanceId(parts[0])
                                .lifecycleState(parts[1])
                                .build())
                        .toList())
                .build());
    }

    void group(String name, Instance... instances) {
        autoScaling.groups.add(AutoScalingGroup.builder()
                .autoScalingGroupName(name)
                .instances(instances)
                .build());
    }

    /** An instance in a zone, or in none that is known. */
    static Instance in(String zone, String instanceId, String state) {
        return Instance.builder()
                .instanceId(instanceId)
                .lifecycleState(state)
                .availabilityZone(zone)
                .availabilityZoneId(zone == null ? null : "id-of-" + zone)
                .build();
    }

    void held(String allocationId, String instanceId) {
        ec2.addresses.add(Address.builder()
                .allocationId(allocationId)
                .publicIp("192.0.2.1")
                .instanceId(instanceId)
                .associationId("eipassoc-1")
                .build());
    }

    void freeIn(String zone, String allocationId) {
        ec2.addresses.add(Address.builder()
                .allocationId(allocationId)
                .publicIp("192.0.2.3")
                .tags(Tag.builder().key("Zone").value(zone).build())
                .build());
    }
}
