package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import java.util.List;

/** A check of the group's pool, for each pool that its hooks choose. */
abstract class PoolCheck extends Check {
    @Override
    public final List<Finding> judge(Facts facts) {
        return on(facts.group(), group -> onEach(facts.pools(), pool -> judge(group, pool)));
    }

    abstract Finding judge(Group group, PoolAddresses pool);

    static String addresses(long count) {
        return count == 1 ? "1 address" : count + " addresses";
    }

    static String allocate(long count, PoolAddresses pool) {
        return "allocate " + addresses(count) + ": aws ec2 allocate-address --domain vpc --tag-specifications"
                + " 'ResourceType=elastic-ip,Tags=[{" + String.join("},{", pool.cliTags()) + "}]'";
    }
}
