package eiponlaunch.simulator.invariants;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/** A launching instance gets its address before its deadline; one that no hook holds, only from a run of Reconcile. */
final class BeforeTheDeadline extends Rule {
    private final VirtualTime time;
    private final Ledger ledger;
    private final Function<LifecycleHold, Instant> deadline;

    /** @param deadline when a launch's last association may be made */
    BeforeTheDeadline(
            VirtualTime time, Ledger ledger, Function<LifecycleHold, Instant> deadline, Consumer<String> broken) {
        super(broken);
        this.time = time;
        this.ledger = ledger;
        this.deadline = deadline;
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        var inTime = ledger.launchOf(instanceId)
                .filter(launch -> time.now().isBefore(deadline.apply(launch)))
                .isPresent();
        var byReconcile = ledger.reconciles() > 0 && !ledger.isLaunching(instanceId);
        check(!byWorkflow || inTime || byReconcile, instanceId + " got " + allocationId + " after its deadline");
    }
}
