package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A launched instance gets an address of its pool and of its zone's network border group. */
final class OnlyFromItsPool extends Rule {
    private final Ledger ledger;
    private final Function<LifecycleHold, Optional<Need>> needs;

    /** @param needs what a launch is about; empty when its event is malformed */
    OnlyFromItsPool(Ledger ledger, Function<LifecycleHold, Optional<Need>> needs, Consumer<String> broken) {
        super(broken);
        this.ledger = ledger;
        this.needs = needs;
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        var launch = ledger.launchOf(instanceId);
        var meets = launch.flatMap(needs)
                .filter(need -> ledger.addresses().meets(allocationId, need))
                .isPresent();
        check(
                !byWorkflow || launch.isEmpty() || meets,
                instanceId + " got " + allocationId + ", which is not of its pool and network border group");
    }
}
