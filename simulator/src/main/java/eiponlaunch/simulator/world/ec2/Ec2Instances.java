package eiponlaunch.simulator.world.ec2;

import asl.time.VirtualTime;
import eiponlaunch.aws.PrimaryInterface;
import eiponlaunch.simulator.world.api.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The instances of the account: their states, their network interfaces, and since when EC2's calls know them. */
final class Ec2Instances {
    private final VirtualTime time;
    private final Ec2Listener listener;
    private final Catalogue<Instance> instances = new Catalogue<>();
    private final NewInstances newInstances;
    private final Map<String, String> instanceByInterface = new HashMap<>();

    Ec2Instances(VirtualTime time, Ec2Listener listener) {
        this.time = time;
        this.listener = listener;
        this.newInstances = new NewInstances(time);
    }

    void launch(
            String instanceId,
            InstanceStateName state,
            List<InstanceNetworkInterface> networks,
            String zone,
            Map<String, String> tags) {
        var instance = Instance.builder()
                .instanceId(instanceId)
                .launchTime(time.now().truncatedTo(ChronoUnit.SECONDS))
                .state(s -> s.name(state))
                .placement(placement -> placement.availabilityZone(zone).availabilityZoneId(Zones.zoneId(zone)))
                .networkInterfaces(networks)
                .tags(Tags.list(tags))
                .build();
        networks.forEach(network -> instanceByInterface.put(network.networkInterfaceId(), instanceId));
        instances.add(instanceId, tags, time.now(), instance);
        listener.instanceChanged(instance);
    }

    /** An instance that has been running in a zone for a while. */
    void serves(String instanceId, Duration since, String zone, Map<String, String> tags) {
        launch(instanceId, InstanceStateName.RUNNING, Interfaces.onOneCard(instanceId, 1), zone, tags);
        var before = instances.now(instanceId).toBuilder()
                .launchTime(time.now().minus(since).truncatedTo(ChronoUnit.SECONDS))
                .build();
        instances.set(instanceId, time.now(), before);
    }

    /** EC2's calls know a new instance from then on only. */
    void knowFrom(String instanceId, Instant known) {
        newInstances.knowFrom(instanceId, known);
    }

    /** Starts an instance that was stopped, which counts as another launch of it: it is pending for a while. */
    void start(String instanceId) {
        var started = instances.now(instanceId).toBuilder()
                .launchTime(time.now().truncatedTo(ChronoUnit.SECONDS))
                .state(s -> s.name(InstanceStateName.PENDING))
                .build();
        instances.set(instanceId, time.now(), started);
        listener.instanceChanged(started);
    }

    void setState(String instanceId, InstanceStateName state) {
        var changed =
                instances.now(instanceId).toBuilder().state(s -> s.name(state)).build();
        instances.set(instanceId, time.now(), changed);
        listener.instanceChanged(changed);
    }

    /** What DescribeInstances shows on the primary interface from now on. */
    void show(String instanceId, InstanceNetworkInterfaceAssociation association) {
        var instance = instances.now(instanceId);
        var interfaces = instance.networkInterfaces().stream()
                .map(network -> PrimaryInterface.is(network)
                        ? network.toBuilder().association(association).build()
                        : network)
                .toList();
        instances.set(
                instanceId,
                time.now(),
                instance.toBuilder().networkInterfaces(interfaces).build());
    }

    /** The instance as it is now, or null. */
    Instance instance(String instanceId) {
        return instances.now(instanceId);
    }

    /** The instance as EC2's calls know it now, or null. */
    Instance knownInstance(String instanceId) {
        return newInstances.isKnown(instanceId) ? instance(instanceId) : null;
    }

    Instance instanceOfInterface(String networkInterfaceId) {
        var instanceId = instanceByInterface.get(networkInterfaceId);
        return instanceId == null ? null : knownInstance(instanceId);
    }

    /** What a Describe call that sees the world at {@code readTime} finds, as {@link Catalogue#read} has it. */
    List<Instance> instances(
            Instant readTime, Map<String, String> tags, Object question, Predicate<Instance> condition) {
        return newInstances.known(instances.read(readTime, tags, question, condition));
    }

    /** Those of these IDs, as they were then. */
    List<Instance> instances(Instant readTime, Collection<String> ids) {
        var then = ids.size() == 1 // as most calls ask for one
                ? instances.read(readTime, ids.iterator().next()).stream().toList()
                : instances.read(readTime, ids);
        return newInstances.known(then);
    }

    /** Whether the instance starts or runs. */
    boolean isAlive(String instanceId) {
        var instance = instance(instanceId);
        return instance != null
                && (instance.state().name() == InstanceStateName.PENDING
                        || instance.state().name() == InstanceStateName.RUNNING);
    }
}
