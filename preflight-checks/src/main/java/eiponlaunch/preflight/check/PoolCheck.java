package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Pool;
import java.util.List;

/** A check of the group's pool, for each pool that its hooks name. */
abstract class PoolCheck extends Check {
    @Override
    public final List<Finding> judge(Facts facts) {
        return on(
                facts.group(),
                group -> on(
                        facts.addresses(),
                        addresses -> facts.pools().stream()
                                .map(pool -> judge(group, pool, addresses))
                                .toList()));
    }

    /**
     * Judges one pool.
     *
     * @param addresses every Elastic IP of the account and Region, of the pool or not
     */
    abstract Finding judge(Group group, Pool pool, List<Address> addresses);

    static String addresses(long count) {
        return count == 1 ? "1 address" : count + " addresses";
    }

    static String allocate(long count, Pool pool) {
        return "allocate " + addresses(count) + ": aws ec2 allocate-address --domain vpc --tag-specifications"
                + " 'ResourceType=elastic-ip,Tags=[{" + String.join("},{", pool.cliTags()) + "}]'";
    }
}
