package eiponlaunch.simulator.invariants;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The workflow gives no instance a second address. Two runs of Reconcile at once may, as they may choose differently where
 * launches come and go between their looks. So may an attempt of AssociateEip that was refused, when Lambda runs it once more within
 * seconds: EC2 tells nobody that the instance has another address by then.
 */
final class OneAddressEach extends Rule {
    private final VirtualTime time;
    private final Ledger ledger;
    private final Set<String> continued = new HashSet<>();
    private final Map<String, Instant> triedAgain = new HashMap<>();

    OneAddressEach(VirtualTime time, Ledger ledger, Consumer<String> broken) {
        super(broken);
        this.time = time;
        this.ledger = ledger;
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        var before = ledger.addresses().addressOf(instanceId);
        var twoReconciles = ledger.reconciles() > 1 && !ledger.isLaunching(instanceId);
        check(
                !byWorkflow
                        || before == null
                        || before.equals(allocationId)
                        || twoReconciles
                        || time.now().equals(triedAgain.get(instanceId)),
                instanceId + " had " + before + " and got " + allocationId
                        + (continued.contains(instanceId) ? " after CONTINUE" : " as well"));
    }

    @Override
    public void disturbed(Disturbance disturbance) {
        if (disturbance.kind() == Disturbance.Kind.RUN_AGAIN
                && disturbance.state().equals("AssociateEip")) {
            ledger.actionOf(disturbance.execution())
                    .ifPresent(action -> triedAgain.put(action.instanceId(), time.now()));
        }
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        if (!hold.terminating()) {
            continued.remove(hold.instanceId()); // an instance leaving a warm pool is launched once more
        }
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        if (!hold.terminating() && result.equals("CONTINUE")) {
            continued.add(hold.instanceId());
        }
    }
}
