package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.ExecutionStatus;
import asl.execution.HistoryEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** When an execution ends, its action has ended, unless another execution goes on with it or AWS refused to complete it. */
final class NoExecutionLeavesItsActionWaiting extends Rule {
    private final Ledger ledger;
    private final Predicate<String> excused;
    private final Set<String> launchStarted = new HashSet<>();

    /** @param excused whether what went wrong for the action of a token excuses that no result was sent */
    NoExecutionLeavesItsActionWaiting(Ledger ledger, Predicate<String> excused, Consumer<String> broken) {
        super(broken);
        this.ledger = ledger;
        this.excused = excused;
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (execution.stateMachineName().equals("EipOnLaunch")) {
            launchStarted.add(Tokens.of(execution));
        }
        if (!execution.isRunning()) {
            ledger.actionOf(execution)
                    .ifPresent(action -> check(
                            ledger.hasEnded(action) || excused.test(action.token()) || handedOn(execution),
                            execution + " ended and left " + action.instanceId() + " waiting"));
        }
    }

    /** StartOnce ends while the execution that it started, or another delivery did, goes on. */
    private boolean handedOn(Execution execution) {
        return execution.stateMachineName().equals("StartOnce")
                && execution.status() == ExecutionStatus.SUCCEEDED
                && launchStarted.contains(Tokens.of(execution));
    }
}
