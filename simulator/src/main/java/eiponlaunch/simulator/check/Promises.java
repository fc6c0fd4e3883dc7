package eiponlaunch.simulator.check;

import java.time.Duration;

/**
 * What the template's parameters promise about time.
 *
 * @param deadline from the event's own time until the last association
 * @param heartbeat of the launch hook
 * @param looksAgain between two looks at an empty pool, give or take a quarter
 */
public record Promises(Duration deadline, Duration heartbeat, Duration looksAgain) {}
