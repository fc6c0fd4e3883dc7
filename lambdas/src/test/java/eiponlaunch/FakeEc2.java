package eiponlaunch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Reservation;

/** An EC2 client that answers as a test says and keeps the requests. */
public final class FakeEc2 implements Ec2Client {
    public final List<Address> addresses = new ArrayList<>();
    public final List<Instance> instances = new ArrayList<>();
    public final Deque<RuntimeException> failures = new ArrayDeque<>();
    public final List<DescribeAddressesRequest> describeAddresses = new ArrayList<>();
    public final List<DescribeInstancesRequest> describeInstances = new ArrayList<>();
    public final List<AssociateAddressRequest> associateAddress = new ArrayList<>();
    public final List<DisassociateAddressRequest> disassociateAddress = new ArrayList<>();

    /** What the next disassociations fail with, as the look before them succeeds. */
    public final Deque<RuntimeException> disassociationFailures = new ArrayDeque<>();

    @Override
    public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
        describeAddresses.add(request);
        failIfTold();
        return DescribeAddressesResponse.builder().addresses(addresses).build();
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        describeInstances.add(request);
        failIfTold();
        return DescribeInstancesResponse.builder()
                .reservations(Reservation.builder().instances(instances).build())
                .build();
    }

    @Override
    public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
        associateAddress.add(request);
        failIfTold();
        return AssociateAddressResponse.builder().associationId("eipassoc-1").build();
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
