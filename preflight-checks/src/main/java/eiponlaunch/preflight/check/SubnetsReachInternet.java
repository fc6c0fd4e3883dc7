package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.InternetWay.Kind;
import eiponlaunch.preflight.facts.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Each subnet of the group has IPv4 addresses and leads to an internet gateway: without that, an Elastic IP is of no use. VPC Block Public Access
 * cuts an instance with a public address off in both of its modes, and also where an exclusion allows egress only.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html">Internet gateways</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html">Subnet types</a>
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_BlockPublicAccessStates.html">
 *     BlockPublicAccessStates</a>
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-example.html">What each mode and each
 *     exclusion lets through</a>
 */
final class SubnetsReachInternet extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.subnets(), this::judge);
    }

    private List<Finding> judge(List<Subnet> all) {
        var findings = new ArrayList<Finding>();
        var ipv6Only = all.stream().filter(Subnet::ipv6Only).map(Subnet::id).collect(Collectors.joining(" "));
        if (!ipv6Only.isEmpty()) {
            findings.add(failed(
                    "IPv6 only, so no instance there can have an Elastic IP, which needs a private IPv4 address: "
                            + ipv6Only,
                    Fix.of("take them out of the group, or put subnets that have an IPv4 range in their place")));
        }
        var subnets = all.stream().filter(subnet -> !subnet.ipv6Only()).toList();
        var none = those(subnets, Kind.NONE);
        if (!none.isEmpty()) {
            findings.add(failed(
                    "no route to an internet gateway: " + none,
                    Fix.of("add a route for 0.0.0.0/0 to their route table, or take them out of the group")));
        }
        var blocked = subnets.stream()
                .filter(subnet -> subnet.publicAccessBlock().isPresent())
                .toList();
        if (!blocked.isEmpty()) {
            findings.add(failed(
                    "cut off from internet gateways by VPC Block Public Access: "
                            + blocked.stream()
                                    .map(subnet -> subnet.id() + " ("
                                            + subnet.publicAccessBlock().orElseThrow() + ")")
                                    .collect(Collectors.joining(" ")),
                    Fix.run(
                            "exclude them, or their VPC, in both directions, change the exclusion that they have, or turn VPC Block"
                                    + " Public Access off",
                            blocked.stream()
                                    .map(subnet -> "aws ec2 create-vpc-block-public-access-exclusion"
                                            + " --internet-gateway-exclusion-mode allow-bidirectional --subnet-id "
                                            + subnet.id())
                                    .collect(Collectors.joining(" && ")))));
        }
        var some = those(subnets, Kind.SOME_DESTINATIONS);
        if (!some.isEmpty()) {
            findings.add(warning(
                    "an internet gateway for some destinations only: " + some,
                    Fix.of("if instances need others as well, add a route for 0.0.0.0/0 to their route table")));
        }
        var appliance = those(subnets, Kind.APPLIANCE);
        if (!appliance.isEmpty()) {
            findings.add(warning(
                    "a way to the internet that cannot be followed, as an appliance is in between: " + appliance,
                    Fix.of("see to it that the appliance's own subnet leads to the VPC's internet gateway, and the"
                            + " gateway's route table back to the appliance")));
        }
        return findings.isEmpty()
                ? List.of(ok("every subnet leads to an internet gateway: " + subnets.size()))
                : findings;
    }

    private static String those(List<Subnet> subnets, Kind kind) {
        return subnets.stream()
                .filter(subnet -> subnet.way().kind() == kind)
                .map(subnet -> subnet.way().detail().isEmpty()
                        ? subnet.id()
                        : subnet.id() + " (" + subnet.way().detail() + ")")
                .collect(Collectors.joining(" "));
    }
}
