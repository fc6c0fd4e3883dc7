package eiponlaunch.aws;

import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.TagOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * The addresses of a pool in EC2's words.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 */
public final class PoolFilters {
    private static final int MOST_NAMED = 5;

    private PoolFilters() {}

    /** All addresses of the pool. */
    public static List<Filter> of(EipPool pool) {
        return pool.tags().entrySet().stream().map(PoolFilters::tagged).toList();
    }

    /** Whether the address has all tags of the pool. */
    public static boolean isOf(Address address, EipPool pool) {
        return pool.tags().entrySet().stream()
                .allMatch(wanted -> address.tags().stream()
                        .anyMatch(tag -> wanted.getKey().equals(tag.key())
                                && wanted.getValue().equals(tag.value())));
    }

    /** Those that one of the instance's network interfaces has. */
    public static List<Filter> heldBy(String instanceId, EipPool pool) {
        return Stream.concat(Stream.of(filter("instance-id", List.of(instanceId))), of(pool).stream())
                .toList();
    }

    /** What carries the tag. */
    public static Filter tagged(Map.Entry<String, String> tag) {
        return filter("tag:" + tag.getKey(), List.of(tag.getValue()));
    }

    public static Filter filter(String name, List<String> values) {
        return Filter.builder().name(name).values(values).build();
    }

    /**
     * Whether the address has an allocation ID and a public IP of its own. A customer-owned or a carrier address may have
     * none, and is of no use to an instance that others know by its address.
     */
    public static boolean isElasticIp(Address address) {
        return !isBlank(address.allocationId()) && !isBlank(address.publicIp());
    }

    /** Whether the address can be associated and nobody has it. One of alb, nlb, rds or rnat cannot. */
    public static boolean isFree(Address address) {
        return address.associationId() == null
                && isElasticIp(address)
                && isBlank(address.instanceId())
                && isBlank(address.networkInterfaceId())
                && isBlank(address.serviceManagedAsString());
    }

    /** Those of the addresses that are free, in the same order. */
    public static List<Address> free(Collection<Address> addresses) {
        var free = new ArrayList<Address>(addresses.size());
        for (var address : addresses) {
            if (isFree(address)) {
                free.add(address);
            }
        }
        return free;
    }

    /** In which order free addresses of the pool are tried. */
    public static Comparator<Address> order(EipPool pool) {
        Comparator<Address> byId = (one, other) -> one.allocationId().compareTo(other.allocationId());
        return pool.orderTagKey().isEmpty()
                ? byId
                : Comparator.<Address, Optional<String>>comparing(
                                address -> tag(address, pool.orderTagKey()), TagOrder.order())
                        .thenComparing(byId);
    }

    /** The zone that the address serves alone, as its tag names it; nothing when it serves every zone. */
    public static Optional<String> ownZone(Address address, EipPool pool) {
        return pool.zoneTagKey().isEmpty() ? Optional.empty() : tag(address, pool.zoneTagKey());
    }

    /** Without the spaces around it; a tag without a value says nothing. */
    private static Optional<String> tag(Address address, String key) {
        return address.tags().stream()
                .filter(tag -> key.equals(tag.key()) && tag.value() != null)
                .map(tag -> tag.value().strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** The instances that have one of the addresses. */
    public static Set<String> holders(List<Address> addresses) {
        var holders = new HashSet<String>(2 * addresses.size());
        for (var address : addresses) {
            if (address.instanceId() != null) {
                holders.add(address.instanceId());
            }
        }
        return holders;
    }

    /**
     * The addresses on network interfaces without an instance, in words. Such an interface outlived its instance, or
     * belongs to a NAT gateway. These addresses do not come back by themselves. The first few are named.
     */
    public static Optional<String> withoutInstance(List<Address> addresses) {
        var held = addresses.stream()
                .filter(address -> isBlank(address.instanceId()) && !isBlank(address.networkInterfaceId()))
                .map(address -> address.networkInterfaceId() + " has " + address.publicIp())
                .toList();
        var named = held.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        held.size() > MOST_NAMED ? named + ", and " + (held.size() - MOST_NAMED) + " more" : named);
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** An address that {@link #isElasticIp is one}. */
    public static ElasticIp eip(Address address) {
        return new ElasticIp(address.allocationId(), address.publicIp());
    }

    /** The same of each, in the same order. */
    public static List<ElasticIp> eips(List<Address> addresses) {
        return addresses.stream().map(PoolFilters::eip).toList();
    }
}
