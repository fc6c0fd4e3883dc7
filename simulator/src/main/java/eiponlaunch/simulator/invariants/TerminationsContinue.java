package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.util.function.Consumer;

/** A termination is completed with CONTINUE, whatever became of its address. */
final class TerminationsContinue extends Rule {
    TerminationsContinue(Consumer<String> broken) {
        super(broken);
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        check(!hold.terminating() || result.equals("CONTINUE"), hold.instanceId() + " terminated with " + result);
    }
}
