package eiponlaunch.emulators;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Addresses and instances of an EC2 engine, made and looked at past the functions. */
public final class Pool {
    private final Ec2Client ec2;

    public Pool(URI endpoint) {
        ec2 = Endpoints.client(Ec2Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), endpoint);
    }

    public Ec2Client ec2() {
        return ec2;
    }

    /** Releases every address, so that a test sees only its own. */
    public void clear() {
        for (var address : ec2.describeAddresses().addresses()) {
            if (address.associationId() != null) {
                ec2.disassociateAddress(request -> request.associationId(address.associationId()));
            }
            ec2.releaseAddress(request -> request.allocationId(address.allocationId()));
        }
    }

    /** Allocates an address with these tags and returns its allocation ID. */
    public String allocate(Map<String, String> tags) {
        var allocationId =
                ec2.allocateAddress(request -> request.domain(DomainType.VPC)).allocationId();
        ec2.createTags(request -> request.resources(allocationId)
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        return allocationId;
    }

    /** Allocates an address of the pool that the template names by default. */
    public String allocate() {
        return allocate(Map.of("Application", "ForwardProxy"));
    }

    /** Without an automatic public address: moto says of one that it is the account's own, where EC2 says "amazon". */
    public String runInstance() {
        var network = InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(ec2.describeSubnets().subnets().get(0).subnetId())
                .associatePublicIpAddress(false)
                .build();
        return ec2.runInstances(request ->
                        request.imageId("ami-12345678").minCount(1).maxCount(1).networkInterfaces(List.of(network)))
                .instances()
                .get(0)
                .instanceId();
    }

    public void associate(String allocationId, String instanceId) {
        ec2.associateAddress(request ->
                request.allocationId(allocationId).instanceId(instanceId).allowReassociation(false));
    }

    public void disassociate(String allocationId) {
        var association = ec2.describeAddresses(request -> request.allocationIds(allocationId))
                .addresses()
                .get(0)
                .associationId();
        ec2.disassociateAddress(request -> request.associationId(association));
    }

    /** Which instance holds which address: instance ID by allocation ID, an empty text when the address is free. */
    public Map<String, String> holders() {
        var holders = new TreeMap<String, String>();
        for (var address : ec2.describeAddresses().addresses()) {
            holders.put(address.allocationId(), holder(address));
        }
        return holders;
    }

    private static String holder(Address address) {
        return address.instanceId() == null ? "" : address.instanceId();
    }
}
