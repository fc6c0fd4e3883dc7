package eiponlaunch.simulator.run;

/**
 * What an instance refresh came to.
 *
 * @param instances how many were to be replaced
 * @param pool how many addresses there were
 * @param seconds how long it took; null when it did not end
 * @param launches how many launches it needed
 * @param waited how many of them found the pool empty
 * @param longestLaunchSeconds the longest time from a launch's event until it went on
 */
public record RefreshResult(
        int instances, int pool, Double seconds, int launches, int waited, double longestLaunchSeconds) {}
