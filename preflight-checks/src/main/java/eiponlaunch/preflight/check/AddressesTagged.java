package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Shell;
import java.util.Map;
import java.util.stream.Collectors;

/** No address looks as if it was meant for the pool but lacks its tags. */
final class AddressesTagged extends PoolCheck {
    @Override
    Finding judge(Facts facts, PoolNeeds needs) {
        var pool = needs.pool();
        var meant = pool.all().stream()
                .filter(address -> !pool.contains(address))
                .filter(address -> looksMeant(address, needs.group(), pool))
                .map(Address::allocationId)
                .sorted()
                .collect(Collectors.joining(" "));
        return meant.isEmpty()
                ? ok(pool.name() + ": no address that looks like one of the pool lacks its tags")
                : warning(
                        "not of the pool " + pool.name() + " for want of a tag: " + meant,
                        Fix.run(
                                "if they are meant for it, tag them",
                                "aws ec2 create-tags --resources " + meant + " --tags "
                                        + Shell.quote(pool.tagsAsJson())));
    }

    /** An instance of the group or its warm pool holds it; or it is free, and untagged or tagged almost as the pool is. */
    private static boolean looksMeant(Address address, Group group, PoolAddresses pool) {
        return address.inUse()
                ? address.instanceId()
                        .filter(group.instanceIds(member -> true)::contains)
                        .isPresent()
                : address.tags().isEmpty()
                        || address.tags().entrySet().stream()
                                .anyMatch(tag -> pool.pool().tags().entrySet().stream()
                                        .anyMatch(poolTag -> alike(tag, poolTag)));
    }

    /** The same but for case and spaces at the ends. */
    private static boolean alike(Map.Entry<String, String> one, Map.Entry<String, String> other) {
        return one.getKey().strip().equalsIgnoreCase(other.getKey().strip())
                && one.getValue().strip().equalsIgnoreCase(other.getValue().strip());
    }
}
