package asl.time;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/**
 * The time of one simulation: a queue of actions ordered by instant and, at the same instant, by the order in which
 * they were scheduled. The clock moves only when the next action runs, and never backwards; there are no threads and
 * no sleeps.
 */
public final class VirtualTime {
    private final PriorityQueue<Timer> queue = new PriorityQueue<>(VirtualTime::order);
    private Instant now;
    private long nextSequence;
    private int cancelled;

    public VirtualTime(Instant start) {
        this.now = requireNonNull(start, "start is null");
    }

    public Instant now() {
        return now;
    }

    /** Schedules an action; an instant that has passed is refused with an IllegalArgumentException. */
    public Timer at(Instant instant, Runnable action) {
        requireNonNull(action, "action is null");
        if (instant.isBefore(now)) {
            throw new IllegalArgumentException("it is " + now + ", " + instant + " has passed");
        }
        var timer = new Timer(instant, nextSequence++, action);
        queue.add(timer);
        return timer;
    }

    /** Schedules an action; a negative delay is refused with an IllegalArgumentException. */
    public Timer after(Duration delay, Runnable action) {
        return at(now.plus(delay), action);
    }

    /** Moves the clock to the next action and runs it; false when there is none. */
    public boolean runNext() {
        for (var timer = queue.poll(); timer != null; timer = queue.poll()) {
            var action = timer.take();
            if (action == null) {
                cancelled--;
            } else {
                now = timer.instant();
                action.run();
                return true;
            }
        }
        return false;
    }

    /** Runs actions, and those that they schedule, until none is left. */
    public void runUntilIdle() {
        while (runNext()) {
            // runNext does the work
        }
    }

    /** How many timers are in the queue, cancelled ones among them. */
    int queued() {
        return queue.size();
    }

    /** Written out, as a run compares timers more often than it does anything else. */
    private static int order(Timer one, Timer other) {
        if (one.second != other.second) {
            return Long.compare(one.second, other.second);
        }
        return one.nano == other.nano
                ? Long.compare(one.sequence, other.sequence)
                : Integer.compare(one.nano, other.nano);
    }

    /** Most timers are timeouts of what ends long before: they would make up nearly all of the queue. */
    private void forgetTheCancelled() {
        if (2 * ++cancelled > queue.size()) {
            queue.removeIf(timer -> timer.action == null);
            cancelled = 0;
        }
    }

    /** This time as a clock at UTC, for code that asks a clock what time it is. */
    public Clock clock() {
        return new View(ZoneOffset.UTC);
    }

    /** One scheduled action. Once cancelled it does not run, and the clock does not stop at its instant. */
    public final class Timer {
        private final Instant instant;
        private final long second;
        private final int nano;
        private final long sequence;
        private Runnable action;

        private Timer(Instant instant, long sequence, Runnable action) {
            this.instant = instant;
            this.second = instant.getEpochSecond();
            this.nano = instant.getNano();
            this.sequence = sequence;
            this.action = action;
        }

        public Instant instant() {
            return instant;
        }

        /** Does nothing when the action has run already. */
        public void cancel() {
            if (action != null) {
                action = null; // also lets go of what the action holds, long before its turn comes
                forgetTheCancelled();
            }
        }

        private Runnable take() {
            var taken = action;
            action = null;
            return taken;
        }
    }

    private final class View extends Clock {
        private final ZoneId zone;

        private View(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new View(other);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
