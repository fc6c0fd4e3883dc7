package eiponlaunch.simulator.world.ec2;

import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Is told of everything that changes in EC2, at the instant at which it does. */
public interface Ec2Listener {
    /** There is a new address in the account. */
    default void allocated(Address address) {}

    /** An address was released from the account; its holder has lost it before that. */
    default void released(String allocationId) {}

    /** The VPC lost its internet gateway, or has one again. */
    default void internetGateway(boolean attached) {}

    /** An instance was launched, or its state changed. */
    default void instanceChanged(Instance instance) {}

    /**
     * AssociateAddress took effect.
     *
     * @param takenFrom the instance that had the address until now, or null
     * @param replaced the address that the instance had until now, or null
     * @param byWorkflow false for a stranger's call
     */
    default void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {}

    /** The instance has the address as well: nothing was taken from it, nor replaced. */
    default void associatedBeside(String allocationId, String instanceId) {}

    /**
     * The instance lost the address without another one taking its place or another instance taking it.
     *
     * @param byWorkflow false for a stranger's call, and when EC2 takes the address of a terminated instance back
     */
    default void disassociated(String allocationId, String instanceId, boolean byWorkflow) {}
}
