package eiponlaunch.preflight.facts;

import java.util.Map;
import java.util.Optional;

/**
 * An Elastic IP of the account and Region.
 *
 * @param allocationId {@code eipalloc-…}
 * @param publicIp its IPv4 address; null for some customer-owned and carrier addresses
 * @param tags its tags
 * @param associationId {@code eipassoc-…}, when it is associated with anything
 * @param instanceId the instance that it is associated with, if any
 * @param serviceManaged the service that manages it, such as {@code nlb}; such an address cannot be associated
 * @param borderGroup the set of zones in which it can be used, where EC2 tells
 */
public record Address(
        String allocationId,
        String publicIp,
        Map<String, String> tags,
        Optional<String> associationId,
        Optional<String> instanceId,
        Optional<String> serviceManaged,
        Optional<String> borderGroup) {
    public Address {
        tags = Map.copyOf(tags);
    }

    /** Whether it has a public IP of its own that an instance could have. */
    public boolean isPublic() {
        return publicIp != null && !publicIp.isBlank();
    }

    /** Whether it is associated with anything. */
    public boolean inUse() {
        return associationId.isPresent();
    }
}
