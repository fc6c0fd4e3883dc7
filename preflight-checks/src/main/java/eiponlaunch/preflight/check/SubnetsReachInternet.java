package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Each subnet of the group leads to an internet gateway: without that, an Elastic IP is of no use.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html">Internet gateways</a>
 */
final class SubnetsReachInternet extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.subnets(), subnets -> List.of(judge(subnets)));
    }

    private Finding judge(List<Subnet> subnets) {
        var without = subnets.stream()
                .filter(subnet -> !subnet.reachesInternet())
                .map(Subnet::id)
                .collect(Collectors.joining(" "));
        return without.isEmpty()
                ? ok("every subnet leads to an internet gateway: " + subnets.size())
                : failed(
                        "no route for 0.0.0.0/0 to an internet gateway: " + without,
                        "add that route to their route table, or take them out of the group");
    }
}
