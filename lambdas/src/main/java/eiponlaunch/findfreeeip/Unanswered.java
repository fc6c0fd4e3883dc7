package eiponlaunch.findfreeeip;

import eiponlaunch.failure.MalformedEventException;
import java.time.Duration;
import java.time.Instant;

/**
 * Looks of a launch that Auto Scaling throttled, one after the other. The execution carries them to the next look, which tells by
 * them whether there is a storm at all: Auto Scaling may throttle the question about a group of many instances whenever it is
 * asked.
 *
 * @param since when the first of them was
 * @param free how many addresses of the pool were free then
 * @param looks how many there were
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html">
 *     DescribeAutoScalingGroups</a>
 */
public record Unanswered(Instant since, int free, int looks) {
    /** In a storm some are answered, also of launches whose pool is one of many that share EC2's rate. */
    private static final int MANY = 6;

    public Unanswered {
        if (since == null) {
            throw new MalformedEventException("The task's input has no usable unanswered");
        }
    }

    /** @param before those before this look; null for none */
    static Unanswered oneMore(Unanswered before, Instant now, int free) {
        return before == null
                ? new Unanswered(now, free, 1)
                : new Unanswered(before.since, before.free, before.looks + 1);
    }

    boolean tellOfAStorm(Pace pace, int freeNow, Instant now) {
        return looks < MANY || pace.isStorm(free - freeNow, Duration.between(since, now));
    }
}
