package eiponlaunch.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A value and what it was a moment ago, because EC2's Describe calls are eventually consistent. */
final class Versions<T> {
    /** No read is older than this, so no older version is kept. */
    static final Duration OLDEST_READ = Duration.ofSeconds(2);

    private record Version<T>(Instant from, T value) {}

    private final Deque<Version<T>> newestFirst = new ArrayDeque<>(2);

    Versions(Instant from, T value) {
        newestFirst.push(new Version<>(from, value));
    }

    T now() {
        return newestFirst.peekFirst().value();
    }

    /** The value as it was at {@code time}, or null when it did not exist yet. */
    T at(Instant time) {
        for (var version : newestFirst) {
            if (!version.from().isAfter(time)) {
                return version.value();
            }
        }
        return null;
    }

    void set(Instant from, T value) {
        while (newestFirst.size() > 1 && isForgotten(from)) {
            newestFirst.removeLast();
        }
        newestFirst.push(new Version<>(from, value));
    }

    /** The oldest version can go once its successor is older than any read. */
    private boolean isForgotten(Instant now) {
        var oldest = newestFirst.removeLast();
        var successorIsOld = !newestFirst.peekLast().from().isAfter(now.minus(OLDEST_READ));
        newestFirst.addLast(oldest);
        return successorIsOld;
    }
}
