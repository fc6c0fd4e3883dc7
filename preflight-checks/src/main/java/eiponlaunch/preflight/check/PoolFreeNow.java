package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.Member;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.Optional;
import java.util.stream.Collectors;

/** Free addresses for the launches that are still to come now, and every instance in service has one of the pool. */
final class PoolFreeNow extends PoolCheck {
    @Override
    Finding judge(Group group, PoolAddresses pool) {
        var usable = pool.usable();
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
        var seen = pool.name() + ": " + free + " free; instances still to come into service: " + outstanding;
        if (free < outstanding) {
            return warning(seen + ", so launches wait", allocate(outstanding - free, pool) + ", or free some");
        }
        var without = inService.stream()
                .filter(instance -> !holders.contains(instance))
                .toList();
        return without.isEmpty()
                ? ok(seen)
                : warning(
                        "in service without an address of " + pool.name() + ": " + String.join(" ", without),
                        "only launches get one: replace them, for example by an instance refresh");
    }
}
