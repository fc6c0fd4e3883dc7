package eiponlaunch.simulator.check;

import java.util.Map;

/**
 * What an instance can use: an address with all of these tags, in the network border group of its zone.
 *
 * @param tags those of its pool
 */
public record Need(Map<String, String> tags, String borderGroup) {}
