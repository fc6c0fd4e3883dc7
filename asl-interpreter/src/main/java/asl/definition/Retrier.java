package asl.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How errors with certain names are retried: after the interval, then after longer and longer ones up to the cap, at
 * most so many times (0: never).
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in
 *     Step Functions workflows</a>
 */
public record Retrier(
        List<String> errorEquals,
        Duration interval,
        double backoffRate,
        int maxAttempts,
        Optional<Duration> maxDelay,
        Jitter jitter) {

    /** NONE waits exactly the delay; FULL any time between none and the delay. */
    public enum Jitter {
        NONE,
        FULL
    }

    /** The longest wait there is: a Standard execution ends after a year. */
    private static final Duration YEAR = Duration.ofDays(366);

    /** The wait before a retry, before jitter; 0 is the first retry. Rounded to milliseconds. */
    public Duration delay(int retriesBefore) {
        double seconds = interval.toSeconds() * Math.pow(backoffRate, retriesBefore);
        double cap = maxDelay.orElse(YEAR).toSeconds();
        return Duration.ofMillis(Math.round(Math.min(seconds, cap) * 1000));
    }
}
