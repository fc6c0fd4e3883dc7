package eiponlaunch.simulator.invariants;

import asl.time.VirtualTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The judges' own account of the addresses: what each is good for, who has it since when, and how many are left. */
final class AddressBook {
    private record Entry(Map<String, String> tags, String borderGroup, boolean usable, List<Supply> supplies) {
        boolean meets(Need need) {
            return usable
                    && tags.entrySet().containsAll(need.tags().entrySet())
                    && (borderGroup == null || borderGroup.equals(need.borderGroup()))
                    && (need.zoneTagKey().isEmpty()
                            || tags.getOrDefault(need.zoneTagKey(), "").isBlank()
                            || need.zone().contains(tags.get(need.zoneTagKey()).strip()));
        }
    }

    private record Held(String allocationId, Instant since) {}

    private final VirtualTime time;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<Map.Entry<String, String>, Map<String, Entry>> byTag = new HashMap<>();
    private final Map<String, String> holderOf = new HashMap<>();
    private final Map<String, Held> heldBy = new HashMap<>();
    private final Map<Need, Supply> supplies = new HashMap<>();

    AddressBook(VirtualTime time) {
        this.time = time;
    }

    void allocated(Address address) {
        var entry = new Entry(
                address.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value)),
                address.networkBorderGroup(),
                address.serviceManaged() == null,
                new ArrayList<>());
        entries.put(address.allocationId(), entry);
        entry.tags()
                .entrySet()
                .forEach(tag ->
                        byTag.computeIfAbsent(tag, any -> new LinkedHashMap<>()).put(address.allocationId(), entry));
        supplies.forEach((need, supply) -> {
            if (entry.meets(need)) {
                entry.supplies().add(supply);
            }
        });
        changeSupplies(entry, 1);
    }

    /** Nobody has it any more. */
    void released(String allocationId) {
        var entry = entries.remove(allocationId);
        if (entry != null) {
            entry.tags().entrySet().forEach(tag -> byTag.get(tag).remove(allocationId));
        }
        changeSupplies(entry, -1);
    }

    void associated(String allocationId, String instanceId) {
        var before = heldBy.get(instanceId);
        if (before != null && !before.allocationId().equals(allocationId)) {
            disassociated(before.allocationId(), instanceId);
        }
        var holder = holderOf.put(allocationId, instanceId);
        if (holder == null) {
            changeSupplies(entries.get(allocationId), -1);
        } else if (!holder.equals(instanceId)) {
            heldBy.remove(holder);
        }
        if (!instanceId.equals(holder)) {
            heldBy.put(instanceId, new Held(allocationId, time.now()));
        }
    }

    /** One more than the address that the instance has, or has not. */
    void associatedBeside(String allocationId, String instanceId) {
        holderOf.put(allocationId, instanceId);
        changeSupplies(entries.get(allocationId), -1);
    }

    void disassociated(String allocationId, String instanceId) {
        if (holderOf.remove(allocationId, instanceId)) {
            if (allocationId.equals(addressOf(instanceId))) {
                heldBy.remove(instanceId);
            }
            changeSupplies(entries.get(allocationId), 1);
        }
    }

    private void changeSupplies(Entry entry, int freed) {
        if (entry != null) {
            entry.supplies().forEach(supply -> supply.change(time.now(), freed, 0));
        }
    }

    /** The address that the instance has, or null. */
    String addressOf(String instanceId) {
        var held = heldBy.get(instanceId);
        return held == null ? null : held.allocationId();
    }

    /** Since when the instance has its address, or null when it has none. */
    Instant heldSince(String instanceId) {
        var held = heldBy.get(instanceId);
        return held == null ? null : held.since();
    }

    boolean meets(String allocationId, Need need) {
        var entry = entries.get(allocationId);
        return entry != null && entry.meets(need);
    }

    Supply supply(Need need) {
        return supplies.computeIfAbsent(need, this::newSupply);
    }

    private Map<String, Entry> withRarestTag(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> byTag.getOrDefault(tag, Map.of()))
                .min(Comparator.comparing(Map::size))
                .orElse(entries);
    }

    private Supply newSupply(Need need) {
        var meeting = withRarestTag(need.tags()).entrySet().stream()
                .filter(entry -> entry.getValue().meets(need))
                .toList();
        var free = meeting.stream()
                .filter(entry -> !holderOf.containsKey(entry.getKey()))
                .count();
        var supply = new Supply(time.now(), (int) free);
        meeting.forEach(entry -> entry.getValue().supplies().add(supply));
        return supply;
    }
}
