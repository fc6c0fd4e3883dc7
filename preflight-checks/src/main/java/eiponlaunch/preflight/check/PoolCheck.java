package eiponlaunch.preflight.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Shell;
import eiponlaunch.preflight.facts.Status;
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

    /** What is known does not tell, as the group counts something else than instances. */
    static Finding notCounted(Check check, PoolNeeds needs) {
        return new Finding(
                check.name(),
                Status.notChecked,
                needs.pool().name() + ": " + addresses(needs.size()) + "; the group counts in "
                        + needs.group().units().map(Group.Units::name).orElse("instances")
                        + ", which does not tell how many instances it may have",
                Fix.of("compare the pool with the most instances that the group may have"));
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
