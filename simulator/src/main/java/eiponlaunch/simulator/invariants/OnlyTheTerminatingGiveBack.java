package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The workflow disassociates an address only from an instance that terminates. */
final class OnlyTheTerminatingGiveBack extends Rule {
    private final Set<String> terminating = new HashSet<>();

    OnlyTheTerminatingGiveBack(Consumer<String> broken) {
        super(broken);
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        check(
                !byWorkflow || terminating.contains(instanceId),
                allocationId + " was disassociated from " + instanceId + ", which does not terminate");
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        if (!hold.terminating()) {
            terminating.remove(hold.instanceId());
        } else if (!hold.staysInService()) {
            terminating.add(hold.instanceId());
        }
    }
}
