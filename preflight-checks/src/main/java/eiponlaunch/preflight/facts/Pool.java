package eiponlaunch.preflight.facts;

import eiponlaunch.model.EipPool;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The addresses that have all of these tags. */
public record Pool(Map<String, String> tags) {
    public Pool {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** The pool that the parameters EipTagKey, EipTagValue and EipFurtherTags name. */
    static Pool of(String tagKey, String tagValue, String furtherTags) {
        return new Pool(new EipPool(tagKey, tagValue, furtherTags).tags());
    }

    /** Whether the workflow takes the address for one of the pool. */
    public boolean contains(Address address) {
        return address.tags().entrySet().containsAll(tags.entrySet());
    }

    /** The pool's addresses that can be associated at all. */
    public List<Address> usable(List<Address> addresses) {
        return addresses.stream()
                .filter(this::contains)
                .filter(address -> address.serviceManaged().isEmpty())
                .toList();
    }

    /** The tags as the AWS CLI writes each of them. */
    public List<String> cliTags() {
        return tags.entrySet().stream()
                .map(tag -> "Key=" + tag.getKey() + ",Value=" + tag.getValue())
                .toList();
    }

    @Override
    public String toString() {
        return tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(","));
    }
}
