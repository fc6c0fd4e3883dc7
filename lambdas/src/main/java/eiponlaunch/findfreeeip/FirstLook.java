package eiponlaunch.findfreeeip;

import eiponlaunch.failure.MalformedEventException;
import java.time.Instant;

/**
 * The first look of a launch that Auto Scaling throttled. The execution carries it to the looks after it, which tell by it whether
 * there is a storm at all.
 *
 * @param lookedAt when that was
 * @param free how many addresses of the pool were free then
 */
public record FirstLook(Instant lookedAt, int free) {
    public FirstLook {
        if (lookedAt == null) {
            throw new MalformedEventException("The task's input has no usable firstLook");
        }
    }
}
