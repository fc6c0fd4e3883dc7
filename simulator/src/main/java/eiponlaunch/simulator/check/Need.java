package eiponlaunch.simulator.check;

import java.util.Map;

/**
 * What an instance can use: an address with all of these tags, in the network border group of its zone.
 *
 * @param tags those of its pool
 */
public record Need(Map<String, String> tags, String borderGroup) {
    /** No address is meant: what the hook says about its pool is malformed. The action is to be completed all the same. */
    public static final Need OF_NOTHING = new Need(Map.of("", ""), "");
}
