package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.Member;
import eiponlaunch.preflight.facts.Pool;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Free addresses for the launches that are still to come now, and every instance in service has one of the pool. */
final class PoolFreeNow extends PoolCheck {
    @Override
    Finding judge(Group group, Pool pool, List<Address> addresses) {
        var usable = pool.usable(addresses);
        var free = usable.stream().filter(address -> !address.inUse()).count();
        var holders = usable.stream()
                .map(Address::instanceId)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        var inService = group.members().stream()
                .filter(Member::inService)
                .map(Member::instanceId)
                .toList();
        var outstanding = Math.max(0, group.desiredCapacity() - inService.size());
        var seen = pool + ": " + free + " free, " + outstanding + " instances still to come into service";
        if (free < outstanding) {
            return warning(seen + ", so launches wait", allocate(outstanding - free, pool) + ", or free some");
        }
        var without = inService.stream()
                .filter(instance -> !holders.contains(instance))
                .toList();
        return without.isEmpty()
                ? ok(seen)
                : warning(
                        "in service without an address of " + pool + ": " + String.join(" ", without),
                        "only launches get one: replace them, for example by an instance refresh");
    }
}
