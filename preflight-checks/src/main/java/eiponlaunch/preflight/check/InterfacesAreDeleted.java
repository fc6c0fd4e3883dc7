package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import java.util.List;

/**
 * The launch template lets an instance's interface end with the instance. One that stays keeps its Elastic IP for good.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.html">
 *     DeleteOnTermination</a>
 */
final class InterfacesAreDeleted extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.launchTemplate(),
                template -> List.of(
                        template.keepsInterface()
                                ? warning(
                                        "the launch template keeps the network interface of an instance that ends"
                                                + " (DeleteOnTermination false): its address stays with it",
                                        Fix.of("set DeleteOnTermination to true in the launch template"))
                                : ok("network interfaces end with their instance")));
    }
}
