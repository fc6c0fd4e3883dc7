package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.stream.Collectors;

/** No subnet gives an automatic public address: until the Elastic IP replaces it, traffic would leave from there. */
final class SubnetsGiveNoAddress extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.subnets(), subnets -> List.of(judge(subnets)));
    }

    private Finding judge(List<Subnet> subnets) {
        var giving = subnets.stream()
                .filter(Subnet::givesPublicAddress)
                .map(Subnet::id)
                .collect(Collectors.joining(" "));
        return giving.isEmpty()
                ? ok("no subnet gives an automatic public address")
                : warning(
                        "an automatic public address until the Elastic IP replaces it: " + giving,
                        "aws ec2 modify-subnet-attribute --no-map-public-ip-on-launch --subnet-id, for each");
    }
}
