package eiponlaunch.simulator.world.ec2;

import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.SimulatedApi;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
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
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Reservation;

/**
 * EC2 as the functions see it, behind the SDK's own client interface: Describe calls may read the past, associations are
 * strictly ordered. {@link Ec2World} holds the state and lets tests and faults change it.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html">EC2 API reference</a>
 */
public final class SimulatedEc2 implements Ec2Client {
    /** Of a filter's values. */
    private static final int MOST_VALUES = 200;

    private static final String TAKEN = "Resource.AlreadyAssociated";

    private static final SimulatedApi.Refusal REFUSAL = new SimulatedApi.Refusal() {
        @Override
        public SdkException of(String code, int status, String message) {
            return Ec2Exception.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .serviceName("Ec2")
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .writableStackTrace(false)
                    .build();
        }

        @Override
        public SdkException throttled() {
            return of("RequestLimitExceeded", 503, "Request limit exceeded.");
        }

        @Override
        public boolean isConflict(SdkException refused) {
            return refused instanceof Ec2Exception e
                    && e.awsErrorDetails().errorCode().equals(TAKEN);
        }
    };

    private final SimulatedApi api;
    private final Ec2World world;
    /** The instances that EC2 did not know when it was last asked about them alone, by the task that they are about. */
    private final Set<String> leftOut = new HashSet<>();

    public SimulatedEc2(SimulatedApi api, Ec2World world) {
        this.api = api;
        this.world = world;
    }

    @Override
    public DescribeAddressesResponse describeAddresses(DescribeAddressesRequest request) {
        return api.call(
                "DescribeAddresses",
                REFUSAL,
                () -> world.addresses(
                        api.readTime(),
                        Filters.tags(request.filters()),
                        request.filters(),
                        Filters.ofAddresses(request.filters()),
                        found -> DescribeAddressesResponse.builder()
                                .addresses(found)
                                .build()),
                response -> response.addresses().size());
    }

    @Override
    public DescribeInstancesResponse describeInstances(DescribeInstancesRequest request) {
        Supplier<DescribeInstancesResponse> effect = () -> {
            if (request.filters().stream().anyMatch(filter -> filter.values().size() > MOST_VALUES)) {
                throw refused("FilterLimitExceeded", "The maximum number of filter values is " + MOST_VALUES);
            }
            requireNoDisruption(request.instanceIds());
            var readTime = api.readTime();
            var instances = request.instanceIds().isEmpty()
                    ? matching(readTime, request.filters())
                    : request.instanceIds().stream().map(this::known).toList();
            var page = request.maxResults() == null
                    ? instances
                    : instances.subList(0, Math.min(request.maxResults(), instances.size()));
            return DescribeInstancesResponse.builder()
                    .reservations(Reservation.builder().instances(page).build())
                    .nextToken(page.size() < instances.size() ? "more" : null)
                    .build();
        };
        return api.call(
                "DescribeInstances",
                REFUSAL,
                effect,
                response -> response.reservations().get(0).instances().size());
    }

    private void requireNoDisruption(List<String> ids) {
        var isFailing = api.faults()
                .disruptedZone()
                .filter(zone -> ids.isEmpty()
                        || ids.stream()
                                .map(world::instance)
                                .filter(Objects::nonNull)
                                .anyMatch(instance ->
                                        zone.equals(instance.placement().availabilityZone())));
        if (isFailing.isPresent() && api.faults().disruptedZoneIsSilent()) {
            api.disturbed("DescribeInstances", Disturbance.Kind.TIMED_OUT);
            throw SimulatedApi.timeout();
        }
        if (isFailing.isPresent()) {
            api.disturbed("DescribeInstances", Disturbance.Kind.FAILED);
            throw REFUSAL.of(
                    "Unavailable",
                    503,
                    "The zone " + isFailing.get() + " is disrupted."); // EC2 documents no code for this
        }
    }

    /** Where IDs are given, only their instances are looked at: most calls ask for one of many. */
    private List<Instance> matching(Instant readTime, List<Filter> filters) {
        var condition = Filters.ofInstances(filters);
        var byId = filters.stream()
                .filter(filter -> filter.name().equals("instance-id"))
                .findFirst();
        byId.map(Filter::values)
                .filter(ids -> ids.size() == 1)
                .map(ids -> ids.get(0))
                .ifPresent(this::askedAlone);
        return byId.map(ids -> world.instances(readTime, ids.values()).stream()
                        .filter(condition)
                        .toList())
                .orElseGet(() -> world.instances(readTime, Filters.tags(filters), filters, condition));
    }

    @Override
    public DescribeAvailabilityZonesResponse describeAvailabilityZones(DescribeAvailabilityZonesRequest request) {
        return api.call(
                "DescribeAvailabilityZones",
                REFUSAL,
                () -> DescribeAvailabilityZonesResponse.builder()
                        .availabilityZones(request.zoneNames().stream()
                                .map(SimulatedEc2::zone)
                                .toList())
                        .build());
    }

    private static AvailabilityZone zone(String name) {
        var borderGroup = Zones.borderGroup(name);
        if (borderGroup == null) {
            throw refused("InvalidParameterValue", "Invalid availability zone: [" + name + "]");
        }
        return AvailabilityZone.builder()
                .zoneName(name)
                .zoneId(Zones.zoneId(name))
                .networkBorderGroup(borderGroup)
                .build();
    }

    @Override
    public AssociateAddressResponse associateAddress(AssociateAddressRequest request) {
        return api.call("AssociateAddress", REFUSAL, () -> {
            var address = world.address(request.allocationId());
            if (address == null) {
                if (api.faults().deniesWhatIsGone()) {
                    api.disturbed("AssociateAddress", Disturbance.Kind.ADDRESS_REFUSED);
                    throw denied();
                }
                throw refused(
                        "InvalidAllocationID.NotFound",
                        "The allocation ID '" + request.allocationId() + "' does not exist");
            }
            var instance = target(request);
            var holder = address.instanceId();
            if (instance.instanceId().equals(holder)) {
                if (!api.faults().refusesOwnPair()) {
                    return associated(address); // the same pair again succeeds
                }
                api.disturbed("AssociateAddress", Disturbance.Kind.ADDRESS_REFUSED);
            }
            var fault = api.faults().onAddress(request.allocationId(), api.now());
            if (fault.kind() == CallFault.Kind.REFUSED && holder == null) {
                api.disturbed("AssociateAddress", Disturbance.Kind.ADDRESS_REFUSED);
                throw REFUSAL.of(fault.code(), fault.status(), fault.message());
            }
            if (address.serviceManaged() != null) {
                throw refused("OperationNotPermitted", "The address is managed by " + address.serviceManagedAsString());
            }
            if (!address.networkBorderGroup()
                    .equals(Zones.borderGroup(instance.placement().availabilityZone()))) {
                if (leftOut.contains(instance.instanceId())) { // and nobody could tell its zone
                    api.disturbed("AssociateAddress", Disturbance.Kind.ADDRESS_REFUSED);
                }
                // EC2 documents no code for this
                throw refused("InvalidParameterCombination", "The address is of another network border group");
            }
            if (address.associationId() != null && Boolean.FALSE.equals(request.allowReassociation())) {
                throw refused(
                        TAKEN,
                        "resource " + request.allocationId() + " is already associated with associate-id "
                                + address.associationId());
            }
            var network = network(request, instance);
            world.associate(request.allocationId(), instance.instanceId(), true);
            return associated(world.onInterface(request.allocationId(), network));
        });
    }

    /** By association ID, or by public IP, as EC2 still allows: then the address's holder loses it. */
    @Override
    public DisassociateAddressResponse disassociateAddress(DisassociateAddressRequest request) {
        return api.call("DisassociateAddress", REFUSAL, () -> {
            var allocationId = request.associationId() == null
                    ? world.addressOfPublicIp(request.publicIp())
                    : world.addressOfAssociation(request.associationId());
            if (allocationId == null) {
                if (api.faults().deniesWhatIsGone()) {
                    throw denied();
                }
                if (world.isAssociation(request.associationId())
                        && !api.faults().refusesPastAssociation()) {
                    // It is over, and whoever has the address keeps it.
                    return DisassociateAddressResponse.builder().build();
                }
                throw request.associationId() == null
                        ? refused("InvalidAddress.NotFound", "Address '" + request.publicIp() + "' not found.")
                        : refused(
                                "InvalidAssociationID.NotFound",
                                "The association ID '" + request.associationId() + "' does not exist");
            }
            world.disassociate(allocationId, true);
            return DisassociateAddressResponse.builder().build();
        });
    }

    private Instance target(AssociateAddressRequest request) {
        var byInstance = request.instanceId() != null;
        var instance =
                byInstance ? known(request.instanceId()) : world.instanceOfInterface(request.networkInterfaceId());
        if (instance == null) {
            throw refused(
                    "InvalidNetworkInterfaceID.NotFound",
                    "The networkInterface ID '" + request.networkInterfaceId() + "' does not exist");
        }
        if (instance.state().name() != InstanceStateName.RUNNING) {
            throw refused(
                    "InvalidInstanceID",
                    "The " + instance.state().nameAsString() + " instance '" + instance.instanceId()
                            + "' is not in a valid state for this operation.");
        }
        if (byInstance && instance.networkInterfaces().size() > 1) {
            throw refused(
                    "InvalidInstanceID",
                    "There are multiple interfaces attached to instance '" + instance.instanceId()
                            + "'. Please specify an interface ID for the operation instead.");
        }
        if (!world.hasInternetGateway()) {
            throw refused("Gateway.NotAttached", "Network vpc-0 is not attached to any internet gateway");
        }
        return instance;
    }

    /** The interface that is asked for, or the only one. */
    private static String network(AssociateAddressRequest request, Instance instance) {
        var network = instance.networkInterfaces().stream()
                .filter(any -> request.networkInterfaceId() == null
                        || request.networkInterfaceId().equals(any.networkInterfaceId()))
                .findFirst()
                .orElseThrow();
        if ("efa-only".equals(network.interfaceType())) {
            // EC2 documents no code for this
            throw refused("InvalidParameterCombination", "An EFA-only network interface takes no address");
        }
        return network.networkInterfaceId();
    }

    private static AssociateAddressResponse associated(Address address) {
        return AssociateAddressResponse.builder()
                .associationId(address.associationId())
                .build();
    }

    private void askedAlone(String id) {
        if (isUnknown(id)) {
            leftOut.add(id);
            api.disturbed("DescribeInstances", Disturbance.Kind.INSTANCE_LEFT_OUT);
        } else {
            leftOut.remove(id);
        }
    }

    private boolean isUnknown(String id) {
        return world.instance(id) != null && world.knownInstance(id) == null;
    }

    private static SdkException denied() {
        return REFUSAL.of("UnauthorizedOperation", 403, "You are not authorized to perform this operation.");
    }

    private Instance known(String id) {
        var instance = world.knownInstance(id);
        if (instance == null) {
            if (isUnknown(id)) {
                api.disturbed("AssociateAddress", Disturbance.Kind.INSTANCE_UNKNOWN);
            }
            throw refused("InvalidInstanceID.NotFound", "The instance ID '" + id + "' does not exist");
        }
        return instance;
    }

    static SdkException refused(String code, String message) {
        return REFUSAL.of(code, 400, message);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
