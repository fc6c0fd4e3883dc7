package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** No execution goes on after the heartbeat of its action has ended. */
final class WithinTheHeartbeat extends Rule {
    /** One that starts late needs some time to find out that it is too late: what is denied is tried for two minutes. */
    private static final Duration SOON_AFTER_ITS_START = Duration.ofSeconds(180);

    private final VirtualTime time;
    private final Ledger ledger;
    private final Predicate<String> excused;

    /** @param excused whether what went wrong for the action of a token excuses that no result was sent */
    WithinTheHeartbeat(VirtualTime time, Ledger ledger, Predicate<String> excused, Consumer<String> broken) {
        super(broken);
        this.time = time;
        this.ledger = ledger;
        this.excused = excused;
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (!execution.isRunning()) {
            ledger.actionOf(execution)
                    .ifPresent(action -> check(
                            excused.test(action.token())
                                    || !time.now().isAfter(latest(ledger.heartbeatEnds(action), execution)),
                            execution + " went on after the heartbeat of " + action.instanceId()));
        }
    }

    private static Instant latest(Instant heartbeatEnds, Execution execution) {
        var soon = execution.start().plus(SOON_AFTER_ITS_START);
        return heartbeatEnds.isAfter(soon) ? heartbeatEnds : soon;
    }
}
