package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** An instance gets no address in its warm pool nor on its way into it, where the address would be wasted. */
final class NoAddressInTheWarmPool extends Rule {
    private final Set<String> warm = new HashSet<>();

    NoAddressInTheWarmPool(Consumer<String> broken) {
        super(broken);
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        if (!hold.terminating()) {
            warm.remove(hold.instanceId());
            if (hold.toWarmPool()) {
                warm.add(hold.instanceId());
            }
        }
    }

    @Override
    public void enteredWarmPool(String instanceId) {
        warm.add(instanceId);
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        check(!byWorkflow || !warm.contains(instanceId), instanceId + " got " + allocationId + " in its warm pool");
    }
}
