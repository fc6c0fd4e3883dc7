package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.LaunchData;
import java.util.List;

/**
 * Each launch template lets an instance's interface end with the instance. One that stays keeps its Elastic IP for good.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateInstanceNetworkInterfaceSpecificationRequest.html">
 *     DeleteOnTermination</a>
 */
final class InterfacesAreDeleted extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.launches(), launches -> {
            var keeping = launches.stream()
                    .filter(LaunchData::keepsInterface)
                    .map(this::keeps)
                    .toList();
            return keeping.isEmpty() ? List.of(ok("network interfaces end with their instance")) : keeping;
        });
    }

    private Finding keeps(LaunchData launch) {
        return warning(
                launch.described() + " keeps the network interface of an instance that ends (DeleteOnTermination"
                        + " false): its address stays with it",
                Fix.of("set DeleteOnTermination to true in " + launch.successor() + ", and have the group use that"));
    }
}
