package eiponlaunch.model;

import static java.util.Objects.requireNonNull;

/**
 * An Elastic IP address of the pool.
 *
 * @param allocationId the ID that AssociateAddress takes, {@code eipalloc-…}
 * @param publicIp the IPv4 address that partners allow-list
 */
public record ElasticIp(String allocationId, String publicIp) {
    public ElasticIp {
        requireNonNull(allocationId, "allocationId is null");
        requireNonNull(publicIp, "publicIp is null");
    }
}
