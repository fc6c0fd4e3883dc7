package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.util.function.Consumer;

/** No action is completed that has ended. */
final class CompletedOnce extends Rule {
    private final Ledger ledger;

    CompletedOnce(Ledger ledger, Consumer<String> broken) {
        super(broken);
        this.ledger = ledger;
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        check(!ledger.hasEnded(hold), "the action of " + hold.instanceId() + " was completed twice");
    }
}
