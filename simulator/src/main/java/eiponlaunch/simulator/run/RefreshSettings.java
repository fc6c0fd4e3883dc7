package eiponlaunch.simulator.run;

import java.time.Duration;

/**
 * An instance refresh.
 *
 * @param size how many instances the group has, each with an address of the pool; all are replaced
 * @param minHealthyPercentage how many must stay in service
 * @param maxHealthyPercentage how many there may be; above 100, instances are launched before others are terminated
 * @param pause after each batch: instance warmup, and checkpoints if there are any
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/understand-instance-refresh-default-values.html">
 *     An instance refresh's settings</a>
 */
public record RefreshSettings(int size, int minHealthyPercentage, int maxHealthyPercentage, Duration pause) {
    /** How many instances are replaced at a time: what the percentages leave, and one at least. */
    int batch() {
        var surplus = launchesFirst()
                ? size * maxHealthyPercentage / 100 - size
                : size - (size * minHealthyPercentage + 99) / 100;
        return Math.max(1, surplus);
    }

    boolean launchesFirst() {
        return maxHealthyPercentage > 100;
    }
}
