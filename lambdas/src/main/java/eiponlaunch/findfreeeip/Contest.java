package eiponlaunch.findfreeeip;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * Which address the instance tries, and when, among all that want one. Asks nothing: this is what a look has read.
 *
 * @param free all that are free
 * @param reachable those of them that are of the network border group of the instance's zone
 * @param usable the same, in the order in which they are tried
 * @param known the instance's zone as its group or a look before tells it
 * @param zone the instance's zone
 * @param isGroupKnown whether Auto Scaling told who the rivals are
 * @param present the Elastic IP that the instance has
 * @param launchTimes when the rivals were launched; nothing when that was not asked for
 */
record Contest(
        PoolSeen pool,
        Rivals rivals,
        FreeEips free,
        List<Address> reachable,
        FreeEips usable,
        Optional<Zone> known,
        Optional<Zone> zone,
        boolean isGroupKnown,
        Optional<PresentEip> present,
        Map<String, Instant> launchTimes) {
    private static final Duration JUST_LAUNCHED = Duration.ofMinutes(2);

    PoolSeen.Result result(Instant now) {
        var look = pool.look();
        var waiting = rivals.waiting(launchTimes);
        var lane = Lane.of(look.instanceId(), zone.orElse(null), usable, Rivals.contending(waiting, free, known));
        var count = lane.usable().size();
        if (count == 0) {
            return pool.empty(0, zone);
        }
        var queue = rivals.queue(look.instanceId(), launchTimes);
        var associated =
                present.flatMap(eip -> eip.in(PoolFilters.eips(reachable))); // a moment ago: another would replace it
        if (associated.isEmpty() && isGroupKnown && !queue.isShown() && look.mayNotBeShown(now)) {
            return pool.notShown(count);
        }
        var triedInVain = look.input().triedInVain();
        var chosen = associated.or(() -> chosen(lane, queue.isShown(), now));
        if (chosen.isEmpty()) {
            return pool.empty(count, zone); // they are for those ahead
        }
        var ahead = look.pool().zoneTagKey().isEmpty() ? queue.ahead() : Lane.ahead(look.instanceId(), free, waiting);
        var plan = new Plan(
                chosen.get(),
                now,
                pool.free().size(),
                look.looksAgain() || look.cameLate(now) ? 0 : look.pace().tokens(queue.beingServed(), elders(queue)),
                queue.isShown() ? ahead : 0);
        return pool.found(
                chosen.get(),
                associated.isPresent() ? 0 : turn(ahead, queue, now),
                new EipChoice(lane.usable(), triedInVain).stillFree(),
                plan,
                zone.orElse(null),
                count);
    }

    private Optional<ElasticIp> chosen(Lane lane, boolean isShown, Instant now) {
        var look = pool.look();
        var triedInVain = look.input().triedInVain();
        var chosen = isShown ? lane.atPlace(triedInVain) : lane.by(look.instanceId(), triedInVain);
        return chosen.isEmpty() && look.isLaunch() && look.isImpatient(now)
                ? lane.by(look.instanceId(), triedInVain) // of those ahead some may never take theirs
                : chosen;
    }

    private int turn(int ahead, LaunchQueue queue, Instant now) {
        var look = pool.look();
        return look.looksAgain() || usedUpTheBurst(queue, now)
                ? look.pace().inStorm(ahead, pool.free().size(), look.sinceEvent(now))
                : look.pace()
                        .atOnce(
                                ahead,
                                look.isLaunch() ? queue.launching() : 0,
                                queue.beingServed(),
                                elders(queue),
                                look.sinceEvent(now));
    }

    /** A launch of a storm that tried in vain, and looks later than those whom the burst serves. */
    private boolean usedUpTheBurst(LaunchQueue queue, Instant now) {
        var look = pool.look();
        return look.cameLate(now)
                && !look.input().triedInVain().isEmpty()
                && queue.launching() > look.pace().burst();
    }

    /** One that leaves a warm pool was launched at any time, which says nothing. */
    private int elders(LaunchQueue queue) {
        return queue.isLaunchedSince(pool.look().event().time().minus(JUST_LAUNCHED)) ? queue.elders() : 0;
    }
}
