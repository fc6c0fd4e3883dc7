package eiponlaunch.preflight.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Shell;
import java.util.List;

/** A check of the group's pool, for each pool that its hooks choose. */
abstract class PoolCheck extends Check {
    @Override
    public final List<Finding> judge(Facts facts) {
        return on(
                facts.groupWithWarmPool(),
                group -> onEach(facts.pools(), pool -> judge(facts, new PoolNeeds(group, pool))));
    }

    abstract Finding judge(Facts facts, PoolNeeds needs);

    /** What is known does not tell, as the group counts something else than instances. Nothing that another run would see. */
    static Finding notCounted(Check check, PoolNeeds needs) {
        var group = needs.group();
        return check.warning(
                needs.pool().name() + ": " + addresses(needs.size())
                        + "; preflight cannot know how many instances the group has at its maximum size of "
                        + group.describe(group.maxSize()),
                Fix.of("count the most instances that the group may have yourself, and compare the pool with them"));
    }

    static String addresses(long count) {
        return count == 1 ? "1 address" : count + " addresses";
    }

    /** So many more than there are and than earlier checks have asked for. */
    static Fix allocate(int count, PoolAddresses pool, String orElse) {
        var specification = JsonNodeFactory.instance.arrayNode();
        specification.addObject().put("ResourceType", "elastic-ip").set("Tags", pool.tagsAsJson());
        var one = "aws ec2 allocate-address --domain vpc --tag-specifications " + Shell.quote(specification);
        return count == 0
                ? Fix.of("the addresses to allocate for the checks above are enough" + orElse)
                : Fix.run(
                        "allocate " + (count == 1 ? "1 more address" : count + " more addresses") + orElse,
                        count == 1 ? one : "for n in $(seq " + count + "); do " + one + "; done");
    }
}
