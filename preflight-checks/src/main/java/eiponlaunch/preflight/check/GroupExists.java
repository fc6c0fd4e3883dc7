package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import java.util.List;

/** The group is there. */
final class GroupExists extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(
                facts.group(),
                group -> List.of(ok(group.name() + ": desired capacity " + group.desiredCapacity() + ", maximum size "
                        + group.maxSize())));
    }
}
