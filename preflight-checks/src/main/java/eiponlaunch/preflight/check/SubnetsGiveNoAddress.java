package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.LaunchData;
import eiponlaunch.preflight.facts.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Nothing gives an automatic public address: traffic would leave from there until the Elastic IP takes its place. What a
 * launch template or the launch configuration says counts more than the subnet.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html">Automatic public addresses</a>
 */
final class SubnetsGiveNoAddress extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.subnets(), subnets -> on(facts.launches(), launches -> judge(subnets, launches)));
    }

    private List<Finding> judge(List<Subnet> subnets, List<LaunchData> launches) {
        var findings = new ArrayList<Finding>();
        launches.stream()
                .filter(launch -> launch.publicAddress().orElse(false))
                .map(this::gives)
                .forEach(findings::add);
        var leaving = launches.stream()
                .filter(launch -> launch.publicAddress().isEmpty())
                .toList();
        var giving = subnets.stream()
                .filter(Subnet::givesPublicAddress)
                .map(Subnet::id)
                .toList();
        if (!leaving.isEmpty() && !giving.isEmpty()) {
            findings.add(give(giving, leaving, launches));
        }
        return findings.isEmpty() ? List.of(ok(none(leaving))) : findings;
    }

    private static String none(List<LaunchData> leaving) {
        return leaving.isEmpty()
                ? "no automatic public address, whatever the subnets say"
                : "no subnet gives an automatic public address";
    }

    private Finding gives(LaunchData launch) {
        return warning(
                "an automatic public address until the Elastic IP replaces it, by AssociatePublicIpAddress true of "
                        + launch.described() + ", whatever the subnets say",
                Fix.of("set AssociatePublicIpAddress to false in " + launch.successor() + ", and have the group use"
                        + " that; or give wait-for-internet the pool's addresses (examples/README.md)"));
    }

    private Finding give(List<String> giving, List<LaunchData> leaving, List<LaunchData> launches) {
        return warning(
                "an automatic public address until the Elastic IP replaces it: " + String.join(" ", giving)
                        + (leaving.size() == launches.size()
                                ? ""
                                : ", where "
                                        + leaving.stream()
                                                .map(LaunchData::described)
                                                .collect(Collectors.joining(" or "))
                                        + " leaves that to them"),
                Fix.run(
                        "set AssociatePublicIpAddress to false in "
                                + leaving.get(0).successor() + ", or change the subnets",
                        giving.stream()
                                .map(subnet -> "aws ec2 modify-subnet-attribute --no-map-public-ip-on-launch"
                                        + " --subnet-id " + subnet)
                                .collect(Collectors.joining(" && "))));
    }
}
