package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;

/**
 * The pool has addresses for the instances that an instance refresh launches before the old ones have given theirs back.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html">RefreshPreferences</a>
 */
final class PoolHeadroom extends PoolCheck {
    @Override
    Finding judge(Facts facts, PoolNeeds needs) {
        if (!needs.countsInstances()) {
            return notCounted(this, needs);
        }
        var more = Math.max(0, needs.size() - needs.unavailable() - needs.most());
        var seen = needs.pool().name() + ": " + more + " more than the maximum size; a refresh of " + needs.atMost()
                + needs.most() + " instances needs up to " + needs.surge() + " more";
        return more >= needs.surge()
                ? ok(seen)
                : warning(
                        seen + ", else its launches wait for addresses to come back",
                        allocate(
                                needs.missingForRefresh(),
                                needs.pool(),
                                " (examples/README.md says how many a pool needs)"));
    }
}
