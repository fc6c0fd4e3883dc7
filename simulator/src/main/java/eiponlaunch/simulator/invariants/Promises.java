package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Rate;
import java.time.Duration;

/**
 * What the template's parameters promise about time, as far as AWS lets it.
 *
 * @param deadline from the event's own time until the last association
 * @param heartbeat of the launch hook
 * @param looksAgain between two looks at an empty pool, give or take a quarter
 * @param associations the rate at which AssociateAddress succeeds: what AWS grants, or the parameters let the workflow ask for
 * @param staleness how old what a Describe call reads may be
 */
public record Promises(
        Duration deadline, Duration heartbeat, Duration looksAgain, Rate associations, Duration staleness) {
    /** @param pace what the parameters say of AssociateAddress, which the workflow does not exceed where AWS would grant more */
    public static Promises under(
            CloudSettings cloud, Rate pace, Duration deadline, Duration heartbeat, Duration looksAgain) {
        return new Promises(
                deadline,
                heartbeat,
                looksAgain,
                cloud.rateOf("AssociateAddress").noMoreThan(pace),
                cloud.staleness());
    }
}
