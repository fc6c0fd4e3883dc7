package eiponlaunch.simulator.world.autoscaling;

import asl.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The time that Auto Scaling waits for the end of a lifecycle action. To record a heartbeat gives it its full length again, up
 * to 48 hours or 100 heartbeats in all, whichever is less.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LifecycleHook.html">GlobalTimeout</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RecordLifecycleActionHeartbeat.html">RecordLifecycleActionHeartbeat</a>
 */
final class Heartbeat {
    private static final Duration LONGEST = Duration.ofHours(48);
    private static final int MOST_HEARTBEATS = 100;

    private final VirtualTime time;
    private final Duration timeout;
    private final Instant latest;
    private final Runnable end;
    private VirtualTime.Timer timer;

    Heartbeat(VirtualTime time, Duration timeout, Runnable end) {
        this.time = time;
        this.timeout = timeout;
        var hundred = timeout.multipliedBy(MOST_HEARTBEATS);
        this.latest = time.now().plus(hundred.compareTo(LONGEST) < 0 ? hundred : LONGEST);
        this.end = end;
        this.timer = time.after(timeout, end);
    }

    /** When it ends now. */
    Instant beginAnew() {
        timer.cancel();
        var whole = time.now().plus(timeout);
        var ends = whole.isAfter(latest) ? latest : whole;
        timer = time.at(ends, end);
        return ends;
    }

    void stop() {
        timer.cancel();
    }
}
