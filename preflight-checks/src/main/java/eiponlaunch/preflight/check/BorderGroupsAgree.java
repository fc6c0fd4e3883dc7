package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The pool has addresses for every network border group in which the group launches: an address works only in the zones
 * of its own.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html">AllocateAddress</a>
 */
final class BorderGroupsAgree extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.subnets(), subnets -> onEach(facts.pools(), this::judge));
    }

    private Finding judge(PoolAddresses pool) {
        var without = new TreeSet<>(pool.borderGroups());
        for (var address : pool.usable()) {
            address.borderGroup().ifPresentOrElse(without::remove, without::clear);
        }
        if (!without.isEmpty() && !pool.tagged().isEmpty()) {
            return failed(
                    pool.name() + ": no address for launches in " + String.join(", ", without),
                    Fix.of(
                            "allocate some with --network-border-group, or take the subnets of these zones out of the group"));
        }
        var elsewhere = pool.tagged().stream()
                .filter(pool::isElsewhere)
                .map(BorderGroupsAgree::withBorderGroup)
                .collect(Collectors.joining(" "));
        return elsewhere.isEmpty()
                ? ok(pool.name() + ": addresses for every zone of the group")
                : warning(
                        pool.name() + ": of no border group of the group and never used: " + elsewhere,
                        Fix.of("take the pool's tags from them, and allocate others with --network-border-group"));
    }

    private static String withBorderGroup(Address address) {
        return address.allocationId()
                + address.borderGroup().map(group -> " (" + group + ")").orElse("");
    }
}
