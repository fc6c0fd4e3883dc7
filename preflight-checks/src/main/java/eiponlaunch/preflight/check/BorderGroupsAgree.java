package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Pool;
import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every address of the pool can be used wherever the group launches: an address works only in the zones of its network
 * border group, and the workflow does not choose by zone.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html">AllocateAddress</a>
 */
final class BorderGroupsAgree extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.subnets(),
                subnets -> on(
                        facts.addresses(),
                        addresses -> facts.pools().stream()
                                .map(pool -> judge(borderGroups(subnets), pool, addresses))
                                .toList()));
    }

    private static Set<String> borderGroups(List<Subnet> subnets) {
        return subnets.stream()
                .map(Subnet::borderGroup)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Finding judge(Set<String> groups, Pool pool, List<Address> addresses) {
        if (groups.size() > 1) {
            return failed(
                    "the group launches in the border groups " + String.join(" and ", groups)
                            + ", but no address works in both",
                    "make one group, hook and pool for each");
        }
        var elsewhere = pool.usable(addresses).stream()
                .filter(address -> address.borderGroup()
                        .filter(group -> !groups.isEmpty() && !groups.contains(group))
                        .isPresent())
                .map(address ->
                        address.allocationId() + " (" + address.borderGroup().orElseThrow() + ")")
                .collect(Collectors.joining(" "));
        return elsewhere.isEmpty()
                ? ok(pool + ": works in every zone of the group")
                : failed(
                        pool + ": of another border group than " + String.join(" ", groups) + ": " + elsewhere,
                        "take the pool's tags from them, and allocate others with --network-border-group "
                                + String.join(" ", groups));
    }
}
