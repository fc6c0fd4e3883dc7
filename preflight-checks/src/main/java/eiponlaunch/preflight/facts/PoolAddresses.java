package eiponlaunch.preflight.facts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.Zone;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A pool among all addresses of the account and Region.
 *
 * @param pool the pool
 * @param all every Elastic IP, of the pool or not
 * @param borderGroups the network border groups in which the group launches; empty when that is not known
 * @param zones the zones in which the group launches; empty when that is not known
 */
public record PoolAddresses(EipPool pool, List<Address> all, Set<String> borderGroups, List<Zone> zones) {
    public PoolAddresses {
        all = List.copyOf(all);
        zones = List.copyOf(zones);
        borderGroups = Set.copyOf(borderGroups);
    }

    /** As operators know the pool. */
    public String name() {
        return pool.name();
    }

    /** Whether the workflow counts the address as one of the pool. */
    public boolean contains(Address address) {
        return address.tags().entrySet().containsAll(pool.tags().entrySet());
    }

    /** The addresses that carry the pool's tags. */
    public List<Address> tagged() {
        return all.stream().filter(this::contains).toList();
    }

    /** Those of the pool that a launch of the group can get once they are free. */
    public List<Address> usable() {
        return tagged().stream()
                .filter(address -> address.serviceManaged().isEmpty() && address.isPublic())
                .filter(address -> !isElsewhere(address))
                .toList();
    }

    /** Whether the address works in none of the zones in which the group launches. */
    public boolean isElsewhere(Address address) {
        return !borderGroups.isEmpty()
                && address.borderGroup()
                        .filter(group -> !borderGroups.contains(group))
                        .isPresent();
    }

    /** The zone that the address serves alone, as its tag names it; nothing when it serves every zone. */
    public Optional<String> ownZone(Address address) {
        return pool.zoneTagKey().isEmpty() ? Optional.empty() : value(address, pool.zoneTagKey());
    }

    /** What says when the address is tried, if anything. */
    public Optional<String> order(Address address) {
        return value(address, pool.orderTagKey());
    }

    private static Optional<String> value(Address address, String key) {
        return Optional.ofNullable(address.tags().get(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** The usable address that stands for the others, if there is one. */
    public Optional<Address> example() {
        return usable().stream().findFirst();
    }

    /** A usable address that nothing uses, if there is one. */
    public Optional<Address> free() {
        return usable().stream().filter(address -> !address.inUse()).findFirst();
    }

    /** The pool's tags as the AWS CLI takes them, whatever is in them. */
    public ArrayNode tagsAsJson() {
        var tags = JsonNodeFactory.instance.arrayNode();
        pool.tags().forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
        return tags;
    }

    /**
     * The addresses of the pool that are held by something other than an instance, such as a network interface that
     * outlived its instance.
     */
    public List<Address> withoutInstance() {
        return tagged().stream()
                .filter(address -> address.inUse()
                        && address.instanceId().isEmpty()
                        && address.serviceManaged().isEmpty())
                .toList();
    }
}
