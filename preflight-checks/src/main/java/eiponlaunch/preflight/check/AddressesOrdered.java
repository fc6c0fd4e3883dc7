package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.List;
import java.util.stream.Collectors;

/** If a tag says which address is tried first, every address has the tag. */
final class AddressesOrdered extends Check {
    private static final int SHOWN = 5;

    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.pools(),
                pools -> pools.stream()
                        .filter(pool -> !pool.pool().orderTagKey().isEmpty())
                        .map(this::judge)
                        .toList());
    }

    private Finding judge(PoolAddresses pool) {
        var key = pool.pool().orderTagKey();
        var without = pool.usable().stream()
                .filter(address -> pool.order(address).isEmpty())
                .map(Address::allocationId)
                .toList();
        return without.isEmpty()
                ? ok(pool.name() + ": every address has its place in the order of the tag " + key)
                : warning(
                        pool.name() + ": " + without.size() + " of "
                                + pool.usable().size() + " addresses lack the tag " + key
                                + " and are tried last: "
                                + without.stream().limit(SHOWN).collect(Collectors.joining(" "))
                                + (without.size() > SHOWN ? " …" : ""),
                        Fix.run(
                                "number them, or leave them for last on purpose",
                                "aws ec2 create-tags --resources " + without.get(0) + " --tags 'Key=" + key
                                        + ",Value=1'"));
    }
}
