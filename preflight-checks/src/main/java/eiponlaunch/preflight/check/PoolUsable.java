package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.stream.Collectors;

/**
 * No address of the pool is managed by a service: such an address cannot be associated.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Address.html">Address</a>
 */
final class PoolUsable extends PoolCheck {
    @Override
    Finding judge(Group group, PoolAddresses pool) {
        var managed = pool.tagged().stream()
                .filter(address -> address.serviceManaged().isPresent())
                .map(address ->
                        address.allocationId() + " (" + address.serviceManaged().orElseThrow() + ")")
                .collect(Collectors.joining(" "));
        return managed.isEmpty()
                ? ok(pool.name() + ": no address is managed by a service")
                : warning(
                        pool.name() + ": managed by a service and never used: " + managed,
                        "take the pool's tags from them, and allocate others instead");
    }
}
