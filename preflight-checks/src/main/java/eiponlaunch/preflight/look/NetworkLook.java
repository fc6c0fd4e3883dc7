package eiponlaunch.preflight.look;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Seen;
import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The addresses, the group's subnets, and what its launch template tags instances with.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html">DescribeAddresses</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html">Subnet route tables</a>
 */
record NetworkLook(Ec2Client ec2) {
    private static final String ANYWHERE = "0.0.0.0/0";

    Seen<List<Address>> addresses() {
        return Call.of(
                "ec2:DescribeAddresses",
                () -> Seen.of(ec2.describeAddresses().addresses().stream()
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

    Seen<List<Subnet>> subnets(Group group) {
        if (group.subnetIds().isEmpty()) {
            return Seen.missing(group.name() + " names no subnets", "give it public subnets of a VPC");
        }
        return borderGroups()
                .then(borderGroups -> described(group)
                        .then(subnets -> routeTables(subnets)
                                .then(tables -> Seen.of(subnets.stream()
                                        .map(subnet -> new Subnet(
                                                subnet.subnetId(),
                                                subnet.availabilityZone(),
                                                Optional.ofNullable(borderGroups.get(subnet.availabilityZone())),
                                                Boolean.TRUE.equals(subnet.mapPublicIpOnLaunch()),
                                                reachesInternet(subnet, tables)))
                                        .toList()))));
    }

    Seen<Map<String, String>> launchTemplateTags(Group group) {
        if (group.launchTemplate().isEmpty()) {
            return Seen.of(Map.of());
        }
        var template = group.launchTemplate().get();
        return Call.of(
                "ec2:DescribeLaunchTemplateVersions",
                () -> Seen.of(ec2
                        .describeLaunchTemplateVersions(request ->
                                request.launchTemplateId(template.id()).versions(template.version()))
                        .launchTemplateVersions()
                        .stream()
                        .flatMap(version -> version.launchTemplateData().tagSpecifications().stream())
                        .filter(specification -> specification.resourceType() == ResourceType.INSTANCE)
                        .flatMap(specification -> specification.tags().stream())
                        .collect(toMap(Tag::key, Tag::value, (first, second) -> second))));
    }

    /** The network border group of each zone, where EC2 tells it. */
    private Seen<Map<String, String>> borderGroups() {
        return Call.of(
                "ec2:DescribeAvailabilityZones",
                () -> Seen.of(ec2.describeAvailabilityZones().availabilityZones().stream()
                        .filter(zone -> zone.networkBorderGroup() != null)
                        .collect(toMap(AvailabilityZone::zoneName, AvailabilityZone::networkBorderGroup))));
    }

    private Seen<List<software.amazon.awssdk.services.ec2.model.Subnet>> described(Group group) {
        return Call.of(
                "ec2:DescribeSubnets",
                () -> Seen.of(
                        ec2.describeSubnetsPaginator(request -> request.subnetIds(group.subnetIds())).subnets().stream()
                                .toList()));
    }

    private Seen<List<RouteTable>> routeTables(List<software.amazon.awssdk.services.ec2.model.Subnet> subnets) {
        var vpcs = subnets.stream().map(subnet -> subnet.vpcId()).collect(toUnmodifiableSet());
        var ofTheVpcs = Filter.builder().name("vpc-id").values(vpcs).build();
        return Call.of(
                "ec2:DescribeRouteTables",
                () -> Seen.of(
                        ec2.describeRouteTablesPaginator(request -> request.filters(ofTheVpcs)).routeTables().stream()
                                .toList()));
    }

    private static boolean reachesInternet(
            software.amazon.awssdk.services.ec2.model.Subnet subnet, List<RouteTable> tables) {
        return tables.stream()
                .filter(table -> table.associations().stream()
                        .anyMatch(association -> subnet.subnetId().equals(association.subnetId())))
                .findFirst()
                .or(() -> mainTable(subnet.vpcId(), tables)) // that of a subnet with none of its own
                .filter(table -> table.routes().stream().anyMatch(NetworkLook::leadsToInternetGateway))
                .isPresent();
    }

    private static Optional<RouteTable> mainTable(String vpcId, List<RouteTable> tables) {
        return tables.stream()
                .filter(table -> vpcId.equals(table.vpcId()))
                .filter(table ->
                        table.associations().stream().anyMatch(association -> Boolean.TRUE.equals(association.main())))
                .findFirst();
    }

    private static boolean leadsToInternetGateway(Route route) {
        return ANYWHERE.equals(route.destinationCidrBlock())
                && route.gatewayId() != null
                && route.gatewayId().startsWith("igw-")
                && route.state() != RouteState.BLACKHOLE; // the gateway was detached
    }

    private static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(toMap(Tag::key, Tag::value));
    }

    private static Optional<String> present(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isEmpty());
    }
}
