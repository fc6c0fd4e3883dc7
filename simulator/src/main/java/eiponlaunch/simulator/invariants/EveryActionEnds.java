package eiponlaunch.simulator.invariants;

import java.util.function.Consumer;

/** At the end of a run no action waits. */
final class EveryActionEnds extends Rule {
    private final Ledger ledger;

    EveryActionEnds(Ledger ledger, Consumer<String> broken) {
        super(broken);
        this.ledger = ledger;
    }

    @Override
    void atEnd() {
        ledger.actions().forEach(action -> check(ledger.hasEnded(action), action.instanceId() + " still waits"));
    }
}
