package eiponlaunch.simulator.world.ec2;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.api.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The addresses and instances of one account and Region, and what happens to them other than through the functions. */
public final class Ec2World {
    private static final String ACCOUNT = "123456789012";

    private final VirtualTime time;
    private final Duration termination;
    private final Ec2Listener listener;
    private final Catalogue<Address> addresses = new Catalogue<>();
    private final Ec2Instances instances;
    private final Map<String, String> addressByInstance = new HashMap<>();
    private final Map<String, List<String>> besides = new HashMap<>();
    private final Map<String, String> addressByAssociation = new HashMap<>();
    private final Map<String, String> addressByPublicIp = new HashMap<>();
    private boolean internetGateway = true;
    private long associations;

    public Ec2World(VirtualTime time, Duration termination, Ec2Listener listener) {
        this.time = time;
        this.termination = termination;
        this.listener = listener;
        this.instances = new Ec2Instances(time, listener);
    }

    /** Allocates an address with these tags. */
    public void allocate(String allocationId, String publicIp, Map<String, String> tags) {
        allocate(allocationId, publicIp, tags, more -> {});
    }

    /** Allocates an address that differs from a plain one, for example a service-managed one. */
    public void allocate(
            String allocationId, String publicIp, Map<String, String> tags, Consumer<Address.Builder> more) {
        addressByPublicIp.put(publicIp, allocationId);
        var address = Address.builder()
                .allocationId(allocationId)
                .publicIp(publicIp)
                .networkBorderGroup(Zones.REGION)
                .tags(Tags.list(tags))
                .applyMutation(more)
                .build();
        addresses.add(allocationId, tags, time.now(), address);
        listener.allocated(address);
    }

    /** Releases an address from the account, and takes it from its holder. */
    public void release(String allocationId) {
        disassociate(allocationId, false);
        addresses.set(allocationId, time.now(), null);
        listener.released(allocationId);
    }

    /** A new instance with this many network interfaces, in an Availability Zone. */
    public void launch(String instanceId, InstanceStateName state, int interfaces, Map<String, String> tags) {
        launch(instanceId, state, interfaces, Zones.FIRST, tags);
    }

    /** A new instance in a zone. */
    public void launch(
            String instanceId, InstanceStateName state, int interfaces, String zone, Map<String, String> tags) {
        instances.launch(instanceId, state, Interfaces.onOneCard(instanceId, interfaces), zone, tags);
    }

    /** A new instance of a type with several network cards, each with an EFA-only interface and all but the first with an IP one. */
    public void launchWithCards(String instanceId, InstanceStateName state, int cards, Map<String, String> tags) {
        instances.launch(instanceId, state, Interfaces.onCards(instanceId, cards), Zones.FIRST, tags);
    }

    /** An instance that has been running for a while. */
    public void serves(String instanceId, Duration since, Map<String, String> tags) {
        serves(instanceId, since, Zones.FIRST, tags);
    }

    /** An instance that has been running in a zone for a while. */
    public void serves(String instanceId, Duration since, String zone, Map<String, String> tags) {
        instances.serves(instanceId, since, zone, tags);
    }

    /** EC2's calls know a new instance from then on only. */
    public void knowFrom(String instanceId, Instant known) {
        instances.knowFrom(instanceId, known);
    }

    /** Starts an instance that was stopped, which counts as another launch of it: it is pending for a while. */
    public void start(String instanceId) {
        instances.start(instanceId);
    }

    public void setState(String instanceId, InstanceStateName state) {
        instances.setState(instanceId, state);
    }

    /** Terminates an instance; EC2 takes its address back when the termination ends. */
    public void terminate(String instanceId) {
        if (!exists(instanceId)) {
            return;
        }
        setState(instanceId, InstanceStateName.SHUTTING_DOWN);
        time.after(termination, () -> {
            setState(instanceId, InstanceStateName.TERMINATED);
            var held = addressByInstance.get(instanceId);
            if (held != null) {
                disassociate(held, false);
            }
            besides.getOrDefault(instanceId, List.of()).stream()
                    .filter(beside -> instanceId.equals(address(beside).instanceId()))
                    .forEach(beside -> disassociate(beside, false));
        });
    }

    /** Gives the address to the instance, even if another had it, and takes the instance's other address away. */
    public Address associate(String allocationId, String instanceId, boolean byWorkflow) {
        var takenFrom = free(allocationId);
        var replaced = addressByInstance.get(instanceId);
        if (replaced != null) {
            free(replaced);
        }
        var associationId = nextAssociation(allocationId);
        var address = change(
                allocationId, builder -> builder.associationId(associationId).instanceId(instanceId));
        instances.show(
                instanceId,
                InstanceNetworkInterfaceAssociation.builder()
                        .publicIp(address.publicIp())
                        .ipOwnerId(ACCOUNT)
                        .build());
        addressByInstance.put(instanceId, allocationId);
        listener.associated(allocationId, instanceId, takenFrom, replaced, byWorkflow);
        return address;
    }

    /** Somebody gives the address to another interface of the instance, or to another private address: it keeps the one it has. */
    public void associateBeside(String allocationId, String instanceId) {
        var associationId = nextAssociation(allocationId);
        change(allocationId, builder -> builder.associationId(associationId).instanceId(instanceId));
        besides.computeIfAbsent(instanceId, id -> new ArrayList<>(1)).add(allocationId);
        listener.associatedBeside(allocationId, instanceId);
    }

    private String nextAssociation(String allocationId) {
        var associationId = "eipassoc-0" + HexFormat.of().toHexDigits(++associations);
        addressByAssociation.put(associationId, allocationId);
        return associationId;
    }

    /** A network interface without an instance has the address, such as one that outlived its instance. */
    public void holdWithoutInstance(String allocationId, String networkInterfaceId) {
        change(
                allocationId,
                builder -> builder.associationId(allocationId.replace("eipalloc", "eipassoc"))
                        .networkInterfaceId(networkInterfaceId));
    }

    /** Takes the address from its holder. */
    public void disassociate(String allocationId, boolean byWorkflow) {
        var holder = free(allocationId);
        if (holder != null) {
            listener.disassociated(allocationId, holder, byWorkflow);
        }
    }

    /** Ends the address's association; says which instance had it, or null. */
    private String free(String allocationId) {
        var address = address(allocationId);
        if (address == null || address.associationId() == null) {
            return null;
        }
        change(
                allocationId,
                builder -> builder.associationId(null).instanceId(null).networkInterfaceId(null));
        if (addressByInstance.remove(address.instanceId(), allocationId)) {
            instances.show(address.instanceId(), null);
        }
        return address.instanceId();
    }

    /** The subnet gives the instance a public address of Amazon's, which it has until an Elastic IP takes its place. */
    public void giveAutomaticAddress(String instanceId, String publicIp) {
        instances.show(
                instanceId,
                InstanceNetworkInterfaceAssociation.builder()
                        .publicIp(publicIp)
                        .ipOwnerId("amazon")
                        .build());
    }

    public void setInternetGateway(boolean attached) {
        internetGateway = attached;
        listener.internetGateway(attached);
    }

    boolean hasInternetGateway() {
        return internetGateway;
    }

    /** The address as it is now, or null. */
    public Address address(String allocationId) {
        return addresses.now(allocationId);
    }

    /** The allocation ID of the address of an association that has not ended, or null. */
    String addressOfAssociation(String associationId) {
        var address = address(addressByAssociation.get(associationId));
        return address != null && associationId.equals(address.associationId()) ? address.allocationId() : null;
    }

    /** Whether there is or was such an association. */
    boolean isAssociation(String associationId) {
        return addressByAssociation.containsKey(associationId);
    }

    /** The allocation ID of a public address, or null. */
    String addressOfPublicIp(String publicIp) {
        return addressByPublicIp.get(publicIp);
    }

    /** The allocation ID of the address that the instance has now, or null. */
    public String addressOf(String instanceId) {
        return addressByInstance.get(instanceId);
    }

    /** The instance as it is now, or null. */
    public Instance instance(String instanceId) {
        return instances.instance(instanceId);
    }

    /** The instance as EC2's calls know it now, or null. */
    Instance knownInstance(String instanceId) {
        return instances.knownInstance(instanceId);
    }

    Instance instanceOfInterface(String networkInterfaceId) {
        return instances.instanceOfInterface(networkInterfaceId);
    }

    /** Whether the instance starts or runs. */
    public boolean isAlive(String instanceId) {
        return instances.isAlive(instanceId);
    }

    /** Whether the instance starts, runs or is stopped: its termination has not begun. */
    public boolean exists(String instanceId) {
        return isAlive(instanceId)
                || instance(instanceId) != null && instance(instanceId).state().name() == InstanceStateName.STOPPED;
    }

    /** Says to which of the holder's interfaces the address belongs. */
    Address onInterface(String allocationId, String networkInterfaceId) {
        return change(allocationId, builder -> builder.networkInterfaceId(networkInterfaceId));
    }

    /** What a Describe call that sees the world at {@code readTime} finds, as {@link Catalogue#read} has it. */
    <R> R addresses(
            Instant readTime,
            Map<String, String> tags,
            Object question,
            Predicate<Address> condition,
            Function<List<Address>, R> make) {
        return addresses.read(readTime, tags, question, condition, make);
    }

    /** What a Describe call that sees the world at {@code readTime} finds, as {@link Catalogue#read} has it. */
    public List<Instance> instances(
            Instant readTime, Map<String, String> tags, Object question, Predicate<Instance> condition) {
        return instances.instances(readTime, tags, question, condition);
    }

    /** Those of these IDs, as they were then. */
    public List<Instance> instances(Instant readTime, Collection<String> ids) {
        return instances.instances(readTime, ids);
    }

    private Address change(String allocationId, Consumer<Address.Builder> change) {
        var address =
                addresses.now(allocationId).toBuilder().applyMutation(change).build();
        addresses.set(allocationId, time.now(), address);
        return address;
    }
}
