package eiponlaunch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** An EC2 client that answers as a test says and keeps the requests. */
public final class FakeEc2 implements Ec2Client {
    public final List<Address> addresses = new ArrayList<>();

    /** What is told of an address that is asked for by its public IP. */
    public final List<Address> byPublicIp = new ArrayList<>();

    public final List<Instance> instances = new ArrayList<>();
    /** Network border groups by zone. */
    public final Map<String, String> borderGroups = new HashMap<>();

    /** Zone IDs by zone. */
    public final Map<String, String> zoneIds = new HashMap<>();

    /** What the next requests for more than one instance fail with. */
    public final Deque<RuntimeException> failedForMany = new ArrayDeque<>();

    /** Where the next page of instances begins, or null. */
    public String moreInstances;

    public final Deque<RuntimeException> failures = new ArrayDeque<>();
    public final List<DescribeAddressesRequest> describeAddresses = new ArrayList<>();
    public final List<DescribeInstancesRequest> describeInstances = new ArrayList<>();
    public final List<DescribeAvailabilityZonesRequest> describeAvailabilityZones = new ArrayList<>();
    public final List<AssociateAddressRequest> associateAddress = new ArrayList<>();
    public final List<DisassociateAddressRequest> disassociateAddress = new ArrayList<>();

    /** What the next looks at instances fail with, as the calls before them succeed. */
    public final Deque<RuntimeException> describeInstancesFailures = new ArrayDeque<>();

    /** What associations are answered with; null for an answer that has none. */
    public String associationId = "eipassoc-1";

    /** What the next disassociations fail with, as the look before them succeeds. */
    public final Deque<RuntimeException> disassociationFailures = new ArrayDeque<>();

    @Override
    public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
        describeAddresses.add(request);
        failIfTold();
        var one = request.filters().stream().anyMatch(filter -> filter.name().equals("public-ip"));
        return DescribeAddressesResponse.builder()
                .addresses(one ? byPublicIp : addresses)
                .build();
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        describeInstances.add(request);
        failIfTold();
        if (!describeInstancesFailures.isEmpty()) {
            throw describeInstancesFailures.pop();
        }
        var one = request.filters().stream()
                .anyMatch(filter ->
                        filter.name().equals("instance-id") && filter.values().size() == 1);
        if (!one && !failedForMany.isEmpty()) {
            throw failedForMany.pop();
        }
        var asked = request.filters().stream()
                .filter(filter -> filter.name().equals("instance-id"))
                .findFirst()
                .map(Filter::values)
                .orElse(request.instanceIds());
        var hours = request.filters().stream()
                .filter(filter -> filter.name().equals("launch-time"))
                .flatMap(filter -> filter.values().stream())
                .map(hour -> hour.replace("*", ""))
                .toList();
        var shown = instances.stream()
                .filter(instance -> asked.isEmpty() || asked.contains(instance.instanceId()))
                .filter(instance -> hours.isEmpty()
                        || instance.launchTime() == null
                        || hours.stream().anyMatch(instance.launchTime().toString()::startsWith))
                .toList();
        return DescribeInstancesResponse.builder()
                .reservations(Reservation.builder().instances(shown).build())
                .nextToken(moreInstances)
                .build();
    }

    @Override
    public DescribeAvailabilityZonesResponse describeAvailabilityZones(DescribeAvailabilityZonesRequest request) {
        describeAvailabilityZones.add(request);
        failIfTold();
        return DescribeAvailabilityZonesResponse.builder()
                .availabilityZones(request.zoneNames().stream()
                        .map(zone -> AvailabilityZone.builder()
                                .zoneName(zone)
                                .zoneId(zoneIds.get(zone))
                                .networkBorderGroup(borderGroups.get(zone))
                                .build())
                        .toList())
                .build();
    }

    @Override
    public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
        associateAddress.add(request);
        failIfTold();
        return AssociateAddressResponse.builder().associationId(associationId).build();
    }

    @Override
    public DisassociateAddressResponse disassociateAddress(DisassociateAddressRequest request) {
        disassociateAddress.add(request);
        if (!disassociationFailures.isEmpty()) {
            throw disassociationFailures.pop();
        }
        return DisassociateAddressResponse.builder().build();
    }

    private void failIfTold() {
        if (!failures.isEmpty()) {
            throw failures.pop();
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
