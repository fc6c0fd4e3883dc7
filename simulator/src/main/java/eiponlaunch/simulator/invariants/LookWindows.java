package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.api.Rate;
import java.util.List;

/**
 * Until when WaitToLook lets a launch look again whose looks were throttled.
 *
 * @param pace what the parameters say of AssociateAddress
 */
record LookWindows(Rate pace) {
    /** Launches: after the first, second and later throttled looks the next one comes within the time that such a storm takes. */
    static final List<Integer> STORMS = List.of(180, 330, 600, 1050, 2100, 5000, 10000, 20000);

    /**
     * In seconds from the event on: when so many have been served, or when Auto Scaling has answered them.
     *
     * @param throttledLooks before this one
     */
    int end(int throttledLooks) {
        var launches = STORMS.get(Math.min(throttledLooks, STORMS.size() - 1));
        return (int)
                Math.ceil(Math.max(7 + 0.105 * (launches - 100), 0.88 * (launches - pace.tokens()) / pace.perSecond()));
    }
}
