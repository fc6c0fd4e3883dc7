package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.List;
import java.util.stream.Collectors;

/** Where addresses serve one zone alone: every zone in which the group launches has one, and every such tag names one of them. */
final class ZonesHaveAddresses extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.subnets(),
                subnets -> on(
                        facts.pools(),
                        pools -> pools.stream()
                                .filter(pool -> !pool.pool().zoneTagKey().isEmpty())
                                .map(this::judge)
                                .toList()));
    }

    private Finding judge(PoolAddresses pool) {
        var key = pool.pool().zoneTagKey();
        var without = pool.zones().stream()
                .filter(zone -> pool.usable().stream()
                        .noneMatch(address ->
                                pool.ownZone(address).map(zone::isNamed).orElse(true)))
                .map(zone -> zone.name())
                .sorted()
                .collect(Collectors.joining(", "));
        if (!without.isEmpty()) {
            return failed(
                    pool.name() + ": no address for launches in " + without,
                    Fix.of("give an address of the pool the tag " + key
                            + " with the zone's name or ID, or take the tag from one,"
                            + " which then serves every zone"));
        }
        var elsewhere = pool.usable().stream()
                .filter(address -> pool.ownZone(address)
                        .filter(named -> pool.zones().stream().noneMatch(zone -> zone.isNamed(named)))
                        .isPresent())
                .map(address -> withZone(address, pool))
                .collect(Collectors.joining(" "));
        return elsewhere.isEmpty()
                ? ok(pool.name() + ": an address for every zone of the group, by the tag " + key)
                : warning(
                        pool.name() + ": for no zone of the group, by the tag " + key + ", and never used: "
                                + elsewhere,
                        Fix.of("write the tag as the zone's name or ID, such as "
                                + pool.zones().get(0).name() + ", or take it away"));
    }

    private static String withZone(Address address, PoolAddresses pool) {
        return address.allocationId() + " (" + pool.ownZone(address).orElseThrow() + ")";
    }
}
