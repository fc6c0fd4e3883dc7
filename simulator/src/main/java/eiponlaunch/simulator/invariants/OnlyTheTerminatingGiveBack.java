package eiponlaunch.simulator.invariants;

import java.util.function.Consumer;

/** The workflow disassociates an address only from an instance that terminates. */
final class OnlyTheTerminatingGiveBack extends Rule {
    private final Ledger ledger;

    OnlyTheTerminatingGiveBack(Ledger ledger, Consumer<String> broken) {
        super(broken);
        this.ledger = ledger;
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        check(
                !byWorkflow || ledger.isTerminating(instanceId),
                allocationId + " was disassociated from " + instanceId + ", which does not terminate");
    }
}
