package eiponlaunch.simulator.invariants;

import java.util.Map;
import java.util.Set;

/**
 * What an instance can use: an address with all of these tags, in the network border group of its zone, and of no other zone.
 *
 * @param tags those of its pool
 * @param zoneTagKey the tag that says which zone an address serves alone; empty for none
 * @param zone the names that the instance's zone has
 */
public record Need(Map<String, String> tags, String borderGroup, String zoneTagKey, Set<String> zone) {
    /** No address is meant: what the hook says about its pool is malformed. The action is to be completed all the same. */
    public static final Need OF_NOTHING = new Need(Map.of("", ""), "", "", Set.of());
}
