package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import eiponlaunch.preflight.facts.InternetWay;
import eiponlaunch.preflight.facts.InternetWay.Route;
import eiponlaunch.preflight.facts.LaunchData;
import eiponlaunch.preflight.facts.LaunchData.Kind;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkChecksTest {
    private final Sample sample = new Sample();

    @Test
    void failsOnASubnetWithoutAWayToTheInternet() {
        sample.subnets.add(subnet(false));

        assertFinding(sample.judgedBy(new SubnetsReachInternet()))
                .failed("no route to an internet gateway: subnet-c")
                .andAdvises("add a route for 0.0.0.0/0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"block-bidirectional", "block-ingress"})
    void failsOnASubnetThatVpcBlockPublicAccessCutsOff(String mode) {
        sample.subnets.add(new Subnet(
                "subnet-c",
                "eu-west-1c",
                Optional.of("eu-west-1"),
                false,
                Sample.GATEWAY,
                Optional.empty(),
                Optional.of(mode),
                false));

        assertFinding(sample.judgedBy(new SubnetsReachInternet()))
                .failed("cut off from internet gateways by VPC Block Public Access: subnet-c (" + mode + ")")
                .andAdvises(
                        "exclude them, or their VPC, in both directions, change the exclusion that they have, or turn VPC"
                                + " Block Public Access off\n"
                                + "aws ec2 create-vpc-block-public-access-exclusion --internet-gateway-exclusion-mode"
                                + " allow-bidirectional --subnet-id subnet-c");
    }

    @Test
    void failsOnASubnetWithoutIpv4WhateverItsRoutesAre() {
        sample.subnets.add(ipv6Only("subnet-c", InternetWay.of(List.of())));
        sample.subnets.add(ipv6Only("subnet-d", Sample.GATEWAY));

        assertFinding(sample.judgedBy(new SubnetsReachInternet()))
                .failed("IPv6 only, so no instance there can have an Elastic IP, which needs a private IPv4 address:"
                        + " subnet-c subnet-d")
                .andAdvises("take them out of the group, or put subnets that have an IPv4 range in their place");
    }

    @Test
    void aSubnetWithoutIpv4DoesNotHideWhatIsWrongWithAnother() {
        sample.subnets.add(ipv6Only("subnet-d", Sample.GATEWAY));
        sample.subnets.add(subnet(false));

        var findings = new SubnetsReachInternet().judge(sample.facts());

        assertThat(findings).hasSize(2);
        assertFinding(findings.get(0)).failed("IPv4 address: subnet-d");
        assertFinding(findings.get(1)).failed("no route to an internet gateway: subnet-c");
    }

    private static Subnet ipv6Only(String id, InternetWay way) {
        return new Subnet(
                id, "eu-west-1c", Optional.of("eu-west-1"), false, way, Optional.empty(), Optional.empty(), true);
    }

    @Test
    void warnsOfASubnetThatGivesAPublicAddress() {
        sample.subnets.add(subnet(true, new Route("0.0.0.0/0", "igw-1")));

        assertFinding(sample.judgedBy(new SubnetsGiveNoAddress()))
                .warns("subnet-c")
                .andAdvises("aws ec2 modify-subnet-attribute --no-map-public-ip-on-launch --subnet-id subnet-c");
    }

    static Stream<Arguments> soundNetworks() {
        return Stream.of(
                arguments("one route for all", List.of(new Route("0.0.0.0/0", "igw-1"))),
                arguments(
                        "a covering pair", List.of(new Route("0.0.0.0/1", "igw-1"), new Route("128.0.0.0/1", "igw-1"))),
                arguments(
                        "private ranges lead elsewhere",
                        List.of(
                                new Route("10.0.0.0/8", "tgw-1"),
                                new Route("10.1.0.0/16", "local"),
                                new Route("0.0.0.0/0", "igw-1"))),
                arguments(
                        "all public ranges by themselves",
                        List.of(
                                new Route("0.0.0.0/5", "igw-1"),
                                new Route("8.0.0.0/7", "igw-1"),
                                new Route("11.0.0.0/8", "igw-1"),
                                new Route("12.0.0.0/6", "igw-1"),
                                new Route("16.0.0.0/4", "igw-1"),
                                new Route("32.0.0.0/3", "igw-1"),
                                new Route("64.0.0.0/2", "igw-1"),
                                new Route("128.0.0.0/1", "igw-1"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("soundNetworks")
    void anyRoutesToAnInternetGatewayThatCoverTheInternetAreSound(String network, List<Route> routes) {
        sample.subnets.add(subnet(false, routes.toArray(Route[]::new)));

        assertFinding(sample.judgedBy(new SubnetsReachInternet())).isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vpce-1", "eni-1", "i-1"})
    void warnsOfADefaultRouteToAnApplianceWhichCannotBeFollowed(String appliance) {
        sample.subnets.add(subnet(false, new Route("0.0.0.0/0", appliance)));

        assertFinding(sample.judgedBy(new SubnetsReachInternet()))
                .warns("cannot be followed, as an appliance is in between: subnet-c (" + appliance + ")");
    }

    @Test
    void warnsOfARouteToSomeDestinationsAndNamesThem() {
        sample.subnets.add(subnet(
                false,
                new Route("198.51.100.0/24", "igw-1"),
                new Route("pl-1", "igw-1"),
                new Route("0.0.0.0/0", "nat-1")));

        assertFinding(sample.judgedBy(new SubnetsReachInternet()))
                .warns("for some destinations only: subnet-c (198.51.100.0/24 pl-1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nat-1", "tgw-1", "vgw-1", "pcx-1"})
    void failsOnADefaultRouteThatAnElasticIpIsOfNoUseFor(String target) {
        sample.subnets.add(subnet(false, new Route("0.0.0.0/0", target)));

        assertFinding(sample.judgedBy(new SubnetsReachInternet()))
                .failed("no route to an internet gateway: subnet-c (" + target + ")");
    }

    @Test
    void warnsOfALaunchTemplateThatGivesAnAutomaticAddressWhateverTheSubnetsSay() {
        sample.launches = Sample.launchedWith(Sample.template(1, Map.of(), true));

        assertFinding(sample.judgedBy(new SubnetsGiveNoAddress()))
                .warns(
                        "by AssociatePublicIpAddress true of the launch template proxy (version 1), whatever the subnets say")
                .andAdvises("AssociatePublicIpAddress to false in a new version of the launch template");
    }

    @Test
    void warnsOfALaunchConfigurationThatGivesAnAutomaticAddress() {
        sample.launches = Sample.launchedWith(Sample.configuration(true));

        assertFinding(sample.judgedBy(new SubnetsGiveNoAddress()))
                .warns("of the launch configuration old-proxy")
                .andAdvises("AssociatePublicIpAddress to false in a new launch configuration");
    }

    @Test
    void aLaunchTemplateThatGivesNoAutomaticAddressOverridesTheSubnets() {
        givingSubnet();
        sample.launches = Sample.launchedWith(Sample.template(1, Map.of(), false));

        assertFinding(sample.judgedBy(new SubnetsGiveNoAddress())).isOk();
    }

    @Test
    void eachLaunchTemplateOfAMixedInstancesPolicyIsJudged() {
        givingSubnet();
        sample.launches = Sample.launchedWith(
                Sample.template(1, Map.of(), false),
                Sample.template(2, Map.of(), true),
                Sample.template(3, Map.of(), null));

        var findings = new SubnetsGiveNoAddress().judge(sample.facts());

        assertThat(findings).hasSize(2);
        assertFinding(findings.get(0)).warns("true of the launch template proxy (version 2)");
        assertFinding(findings.get(1))
                .warns("subnet-c, where the launch template proxy (version 3) leaves that to them")
                .andAdvises("--no-map-public-ip-on-launch --subnet-id subnet-c");
    }

    private void givingSubnet() {
        sample.subnets.add(subnet(true, new Route("0.0.0.0/0", "igw-1")));
    }

    @Test
    void warnsOfInterfacesThatOutliveTheirInstanceWithItsAddressByEachLaunchTemplateThatKeepsThem() {
        assertFinding(sample.judgedBy(new InterfacesAreDeleted())).isOk();

        sample.launches = Sample.launchedWith(Sample.template(1, Map.of(), null), keeping("a"), keeping("b"));
        var findings = new InterfacesAreDeleted().judge(sample.facts());

        assertThat(findings).hasSize(2);
        assertFinding(findings.get(0))
                .warns("the launch template a keeps")
                .andAdvises("set DeleteOnTermination to true");
        assertFinding(findings.get(1))
                .warns("the launch template b keeps")
                .andAdvises("set DeleteOnTermination to true");
    }

    private static LaunchData keeping(String name) {
        return new LaunchData(Kind.TEMPLATE, name, Map.of(), Optional.empty(), true);
    }

    @Test
    void whatCouldNotBeReadOfLaunchesIsNoPass() {
        limitTo("Service", "proxy");
        sample.launches = Lookup.notAllowed("ec2:DescribeLaunchTemplateVersions");

        for (var check : List.of(new SubnetsGiveNoAddress(), new InterfacesAreDeleted(), new InstancesTagged())) {
            assertFinding(sample.judgedBy(check)).isNotChecked("needs ec2:DescribeLaunchTemplateVersions");
        }
    }

    private static Subnet subnet(boolean givesPublicAddress, Route... routes) {
        return new Subnet(
                "subnet-c", "eu-west-1c", Optional.empty(), givesPublicAddress, InternetWay.of(List.of(routes)));
    }

    @Test
    void instancesGetTheTagFromTheGroup() {
        limitTo("Service", "proxy");
        sample.groupTags = Map.of("Service", "proxy");

        assertFinding(sample.judgedBy(new InstancesTagged())).isOk();
    }

    @Test
    void instancesGetTheTagFromEachLaunchTemplate() {
        limitTo("Service", "proxy");
        sample.launches = Sample.launchedWith(
                Sample.template(1, Map.of("Service", "proxy"), null),
                Sample.template(2, Map.of("Service", "proxy"), null));

        assertFinding(sample.judgedBy(new InstancesTagged())).isOk();
    }

    @Test
    void failsWhenOneOfTheLaunchTemplatesGivesAnotherTagAndOneNone() {
        limitTo("Service", "proxy");
        sample.launches = Sample.launchedWith(
                Sample.template(1, Map.of("Service", "proxy"), null),
                Sample.template(2, Map.of("Service", "mail"), null),
                Sample.template(3, Map.of(), null));

        var findings = new InstancesTagged().judge(sample.facts());

        assertThat(findings).hasSize(2);
        assertFinding(findings.get(0)).failed("get the value mail from the launch template proxy (version 2)");
        assertFinding(findings.get(1)).failed("get no such tag from the launch template proxy (version 3)");
    }

    @Test
    void failsWithALaunchConfigurationWhichGivesNoTag() {
        limitTo("Service", "proxy");
        sample.launches = Sample.launchedWith(Sample.configuration(null));

        assertFinding(sample.judgedBy(new InstancesTagged()))
                .failed("get no such tag from the launch configuration old-proxy")
                .andAdvises("aws autoscaling create-or-update-tags");
    }

    @Test
    void instancesHaveTheGroupsNameAsATagByThemselves() {
        limitTo("aws:autoscaling:groupName", "forward-proxy");

        assertFinding(sample.judgedBy(new InstancesTagged())).isOk();
    }

    @Test
    void failsWhenTheStackServesInstancesOfAnotherGroup() {
        limitTo("aws:autoscaling:groupName", "another");

        assertFinding(sample.judgedBy(new InstancesTagged()))
                .failed("get the value forward-proxy")
                .andAdvises("InstanceTagValue=forward-proxy");
    }

    @Test
    void failsWhenNothingGivesInstancesTheTag() {
        limitTo("Service", "proxy");

        assertFinding(sample.judgedBy(new InstancesTagged()))
                .failed("get no such tag")
                .andAdvises("\"Key\":\"Service\",\"Value\":\"proxy\",\"PropagateAtLaunch\":true");
    }

    @Test
    void failsWhenTheGroupsTagHasAnotherValueWhateverTheLaunchTemplateSays() {
        limitTo("Service", "proxy");
        sample.groupTags = Map.of("Service", "mail");
        sample.launches = Sample.launchedWith(Sample.template(1, Map.of("Service", "proxy"), null));

        assertFinding(sample.judgedBy(new InstancesTagged())).failed("get the value mail");
    }

    private void limitTo(String key, String value) {
        sample.parameters.put("InstanceTagKey", key);
        sample.parameters.put("InstanceTagValue", value);
    }
}
