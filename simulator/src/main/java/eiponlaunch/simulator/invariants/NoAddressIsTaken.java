package eiponlaunch.simulator.invariants;

import java.util.function.Consumer;

/** The workflow takes no address from an instance that has it. */
final class NoAddressIsTaken extends Rule {
    NoAddressIsTaken(Consumer<String> broken) {
        super(broken);
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        check(!byWorkflow || takenFrom == null, allocationId + " was taken from " + takenFrom + " for " + instanceId);
    }
}
