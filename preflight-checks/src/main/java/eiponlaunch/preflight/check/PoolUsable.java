package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import java.util.stream.Collectors;

/**
 * No address of the pool is managed by a service, as such an address cannot be associated, and each has a public IP of its
 * own. What else may be refused only AssociateAddress shows.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html">Address</a>
 */
final class PoolUsable extends PoolCheck {
    @Override
    Finding judge(Facts facts, PoolNeeds needs) {
        var pool = needs.pool();
        var unusable = pool.tagged().stream()
                .filter(address -> address.serviceManaged().isPresent() || !address.isPublic())
                .map(address ->
                        address.allocationId() + " (" + address.serviceManaged().orElse("no public IP") + ")")
                .collect(Collectors.joining(" "));
        var orphans = pool.withoutInstance().stream().map(Address::allocationId).collect(Collectors.joining(" "));
        if (unusable.isEmpty() && !orphans.isEmpty()) {
            return warning(
                    pool.name() + ": held by no instance, so they do not come back by themselves: " + orphans,
                    Fix.of("delete the network interfaces that hold them, or disassociate them"));
        }
        return unusable.isEmpty()
                ? ok(pool.name() + ": no address is managed by a service or without a public IP")
                : warning(
                        pool.name() + ": managed by a service or without a public IP, and never used: " + unusable,
                        Fix.of("take the pool's tags from them, and allocate others instead"));
    }
}
