package asl.execution;

import asl.definition.ErrorNames;
import asl.definition.Retrier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The retries of one visit of a state. The first retrier that covers an error decides alone: when it has used up its
 * attempts, the error is not retried, whatever the later ones say.
 *
 * @see <a href="https://states-language.net/spec.html#retrying-after-error">Amazon States Language, retrying after
 *     error</a>
 */
final class RetryCounters {
    private final List<Retrier> retriers;
    private final int[] used;
    private final Random random;

    RetryCounters(List<Retrier> retriers, Random random) {
        this.retriers = retriers;
        this.used = new int[retriers.size()];
        this.random = random;
    }

    /** How many retries all retriers have granted. */
    int total() {
        var total = 0;
        for (var count : used) {
            total += count;
        }
        return total;
    }

    /** Grants a retry after a delay, or none. */
    Optional<Duration> next(String error) {
        for (var i = 0; i < used.length; i++) {
            var retrier = retriers.get(i);
            if (ErrorNames.match(retrier.errorEquals(), error)) {
                return used[i] < retrier.maxAttempts() ? Optional.of(jittered(retrier, used[i]++)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Duration jittered(Retrier retrier, int retriesBefore) {
        var delay = retrier.delay(retriesBefore);
        return switch (retrier.jitter()) {
            case NONE -> delay;
            case FULL -> Duration.ofMillis((long) (random.nextDouble() * (delay.toMillis() + 1)));
        };
    }
}
