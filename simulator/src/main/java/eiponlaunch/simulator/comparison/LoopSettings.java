package eiponlaunch.simulator.comparison;

import java.time.Duration;

/**
 * How the loop's function is set up.
 *
 * @param memoryMegabytes memory of the function
 * @param timeout of one invocation
 * @param maximumEventAge how long an event may wait in the queue of asynchronous invocations
 * @param maximumRetries how often the queue invokes the function again after it failed
 * @param pause between two rounds over the pool
 * @param attempts how often one API call is made at most, the first time included ({@code total_max_attempts})
 * @param readTimeout how long the client waits for an answer
 */
public record LoopSettings(
        int memoryMegabytes,
        Duration timeout,
        Duration maximumEventAge,
        int maximumRetries,
        Duration pause,
        int attempts,
        Duration readTimeout) {

    /** The article's values, and the defaults of Lambda and botocore where it names none: 128 MB and 60 s. */
    public static LoopSettings ofTheArticle() {
        return new LoopSettings(
                128,
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                2,
                Duration.ofSeconds(30),
                6,
                Duration.ofSeconds(60));
    }
}
