package eiponlaunch.findfreeeip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.ElasticIp;
import java.time.Instant;

/**
 * What a look at the queue came to. The execution carries it to the next look, which then needs to read the addresses only.
 *
 * @param eip the address that is the launch's
 * @param lookedAt when that was
 * @param free how many addresses of the pool were free then
 * @param tokens how many launches could be served at once then; 0 when that is not known
 * @param ahead how many launches were ahead then, as far as that was known
 */
public record Plan(ElasticIp eip, Instant lookedAt, int free, int tokens, int ahead) {
    public Plan {
        if (eip == null || lookedAt == null) {
            throw new MalformedEventException("The task's input has no usable plan");
        }
    }
}
