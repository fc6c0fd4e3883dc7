package eiponlaunch.preflight.facts;

import java.util.Optional;

/**
 * An address of a pool and who has it now. AWS does not say since when: the functions' logs do.
 *
 * @param group the Auto Scaling group of the instance that has it, when it has one and that could be looked up
 */
public record Holding(Address address, Optional<String> group) {
    /** The instance, what else has it, or nothing. */
    public Optional<String> holder() {
        return address.instanceId().or(address::serviceManaged).or(address::associationId);
    }

    public boolean isFree() {
        return holder().isEmpty();
    }
}
