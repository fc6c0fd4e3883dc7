package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Subnet;
import eiponlaunch.preflight.facts.TemplateData;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Nothing gives an automatic public address: traffic would leave from there until the Elastic IP takes its place. What the
 * launch template says counts more than the subnet.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html">Automatic public addresses</a>
 */
final class SubnetsGiveNoAddress extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.subnets(), subnets -> on(facts.launchTemplate(), template -> List.of(judge(subnets, template))));
    }

    private Finding judge(List<Subnet> subnets, TemplateData template) {
        if (template.publicAddress().isPresent()) {
            return template.publicAddress().get()
                    ? warning(
                            "an automatic public address until the Elastic IP replaces it, by the launch template"
                                    + " (AssociatePublicIpAddress true), whatever the subnets say",
                            Fix.of("set AssociatePublicIpAddress to false in the launch template, or give"
                                    + " wait-for-internet the pool's addresses (examples/README.md)"))
                    : ok("the launch template gives no automatic public address");
        }
        var giving = subnets.stream()
                .filter(Subnet::givesPublicAddress)
                .map(Subnet::id)
                .toList();
        return giving.isEmpty()
                ? ok("no subnet gives an automatic public address")
                : warning(
                        "an automatic public address until the Elastic IP replaces it: " + String.join(" ", giving),
                        Fix.run(
                                "set AssociatePublicIpAddress to false in the launch template, or change the subnets",
                                giving.stream()
                                        .map(subnet -> "aws ec2 modify-subnet-attribute --no-map-public-ip-on-launch"
                                                + " --subnet-id " + subnet)
                                        .collect(Collectors.joining(" && "))));
    }
}
