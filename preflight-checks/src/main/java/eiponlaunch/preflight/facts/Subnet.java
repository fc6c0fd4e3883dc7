package eiponlaunch.preflight.facts;

import java.util.Optional;

/**
 * A subnet in which the group launches.
 *
 * @param id {@code subnet-…}
 * @param zone its Availability Zone
 * @param borderGroup the zone's network border group, where EC2 tells
 * @param givesPublicAddress whether instances get an automatic public address
 * @param way where its route table leads what is for the internet
 * @param zoneId its Availability Zone's ID, where EC2 tells
 * @param publicAccessBlock the mode in which VPC Block Public Access cuts it off from internet gateways, if it does
 * @param ipv6Only whether instances get no IPv4 address there
 */
public record Subnet(
        String id,
        String zone,
        Optional<String> borderGroup,
        boolean givesPublicAddress,
        InternetWay way,
        Optional<String> zoneId,
        Optional<String> publicAccessBlock,
        boolean ipv6Only) {
    /** With IPv4 addresses, of a zone whose ID is not known, and not cut off. */
    public Subnet(String id, String zone, Optional<String> borderGroup, boolean givesPublicAddress, InternetWay way) {
        this(id, zone, borderGroup, givesPublicAddress, way, Optional.empty(), Optional.empty(), false);
    }
}
