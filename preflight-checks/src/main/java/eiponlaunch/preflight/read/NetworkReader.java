package eiponlaunch.preflight.read;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.InternetWay;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The addresses, and the group's subnets.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html">Subnet route tables</a>
 */
record NetworkReader(Ec2Client ec2) {
    Lookup<List<Address>> addresses() {
        return Call.of(
                "ec2:DescribeAddresses",
                () -> Lookup.of(ec2.describeAddresses().addresses().stream()
                        .map(address -> new Address(
                                address.allocationId(),
                                address.publicIp(),
                                tags(address.tags()),
                                present(address.associationId()),
                                present(address.instanceId()),
                                present(address.serviceManagedAsString()),
                                present(address.networkBorderGroup())))
                        .toList()));
    }

    Lookup<List<Subnet>> subnets(Group group) {
        if (group.subnetIds().isEmpty()) {
            return Lookup.missing(group.name() + " names no subnets", Fix.of("give it public subnets of a VPC"));
        }
        return borderGroups()
                .then(borderGroups -> described(group)
                        .then(subnets -> routeTables(subnets)
                                .then(tables -> Lookup.of(subnets.stream()
                                        .map(subnet -> new Subnet(
                                                subnet.subnetId(),
                                                subnet.availabilityZone(),
                                                Optional.ofNullable(borderGroups.get(subnet.availabilityZone())),
                                                Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()),
                                                way(subnet, tables),
                                                present(subnet.availabilityZoneId()),
                                                publicAccessBlock(subnet),
                                                Boolean.TRUE.equals(subnet.ipv6Native())))
                                        .toList()))));
    }

    /** The network border group of each zone, where EC2 tells it. */
    private Lookup<Map<String, String>> borderGroups() {
        return Call.of(
                "ec2:DescribeAvailabilityZones",
                () -> Lookup.of(ec2.describeAvailabilityZones().availabilityZones().stream()
                        .filter(zone -> zone.networkBorderGroup() != null)
                        .collect(toMap(AvailabilityZone::zoneName, AvailabilityZone::networkBorderGroup))));
    }

    private Lookup<List<software.amazon.awssdk.services.ec2.model.Subnet>> described(Group group) {
        return Call.of(
                "ec2:DescribeSubnets",
                () -> Lookup.of(
                        ec2.describeSubnetsPaginator(request -> request.subnetIds(group.subnetIds())).subnets().stream()
                                .toList()));
    }

    private Lookup<List<RouteTable>> routeTables(List<software.amazon.awssdk.services.ec2.model.Subnet> subnets) {
        var vpcs = subnets.stream().map(subnet -> subnet.vpcId()).collect(toUnmodifiableSet());
        var ofTheVpcs = Filter.builder().name("vpc-id").values(vpcs).build();
        return Call.of(
                "ec2:DescribeRouteTables",
                () -> Lookup.of(
                        ec2.describeRouteTablesPaginator(request -> request.filters(ofTheVpcs)).routeTables().stream()
                                .toList()));
    }

    private static Optional<String> publicAccessBlock(software.amazon.awssdk.services.ec2.model.Subnet subnet) {
        return Optional.ofNullable(subnet.blockPublicAccessStates())
                .flatMap(states -> present(states.internetGatewayBlockModeAsString()))
                .filter(mode -> !mode.equals("off"));
    }

    private static InternetWay way(software.amazon.awssdk.services.ec2.model.Subnet subnet, List<RouteTable> tables) {
        return tables.stream()
                .filter(table -> table.associations().stream()
                        .anyMatch(association -> subnet.subnetId().equals(association.subnetId())))
                .findFirst()
                .or(() -> mainTable(subnet.vpcId(), tables)) // that of a subnet with none of its own
                .map(table -> InternetWay.of(table.routes().stream()
                        .filter(route -> route.state() != RouteState.BLACKHOLE) // its target is gone
                        .flatMap(route -> ofIpv4(route).stream())
                        .toList()))
                .orElse(InternetWay.of(List.of()));
    }

    private static Optional<RouteTable> mainTable(String vpcId, List<RouteTable> tables) {
        return tables.stream()
                .filter(table -> vpcId.equals(table.vpcId()))
                .filter(table ->
                        table.associations().stream().anyMatch(association -> Boolean.TRUE.equals(association.main())))
                .findFirst();
    }

    /** A route for IPv4; one for IPv6 is of no interest to an Elastic IP. */
    private static Optional<InternetWay.Route> ofIpv4(Route route) {
        return present(route.destinationCidrBlock())
                .or(() -> present(route.destinationPrefixListId()))
                .map(destination -> new InternetWay.Route(
                        destination,
                        Stream.of(
                                        route.gatewayId(),
                                        route.natGatewayId(),
                                        route.networkInterfaceId(),
                                        route.instanceId(),
                                        route.transitGatewayId(),
                                        route.vpcPeeringConnectionId(),
                                        route.localGatewayId(),
                                        route.carrierGatewayId(),
                                        route.coreNetworkArn())
                                .flatMap(target -> present(target).stream())
                                .findFirst()
                                .orElse("")));
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(toMap(Tag::key, Tag::value));
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }
}
