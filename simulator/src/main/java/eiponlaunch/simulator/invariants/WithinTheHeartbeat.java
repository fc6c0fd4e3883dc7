package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** No execution goes on after the heartbeat of its action has ended. */
final class WithinTheHeartbeat extends Rule {
    /** One that starts late needs some time to find out that it is too late: what is denied is tried for two minutes. */
    private static final Duration SOON_AFTER_ITS_START = Duration.ofSeconds(180);

    /** FindFreeEip's Retry of what Lambda throttles knows no clock. Its longest pause, and the look and the ABANDON after it. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    private static final Duration AFTER_THE_LAST_PAUSE = LONGEST_PAUSE.plusSeconds(10);

    /** All of its pauses. */
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1 + 2 + 4 + 8 + 6 * 16);

    private final VirtualTime time;
    private final Ledger ledger;
    private final Predicate<String> excused;
    private final Map<Execution, Instant> lastThrottledByLambda = new HashMap<>();

    /** @param excused whether what went wrong for the action of a token excuses that no result was sent */
    WithinTheHeartbeat(VirtualTime time, Ledger ledger, Predicate<String> excused, Consumer<String> broken) {
        super(broken);
        this.time = time;
        this.ledger = ledger;
        this.excused = excused;
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (isThrottledLook(event)) {
            lastThrottledByLambda.put(execution, event.timestamp());
        }
        if (!execution.isRunning()) {
            ledger.actionOf(execution)
                    .ifPresent(action -> check(
                            excused.test(action.token())
                                    || !time.now().isAfter(latest(ledger.heartbeatEnds(action), execution)),
                            execution + " went on after the heartbeat of " + action.instanceId()));
        }
    }

    private static boolean isThrottledLook(HistoryEvent event) {
        return event.type().equals("TaskFailed")
                && event.stateName().equals("FindFreeEip")
                && event.details() instanceof Map<?, ?> details
                && "Lambda.TooManyRequestsException".equals(details.get("error"));
    }

    private Instant latest(Instant heartbeatEnds, Execution execution) {
        var soon = execution.start().plus(SOON_AFTER_ITS_START);
        var end = heartbeatEnds.isAfter(soon) ? heartbeatEnds : soon;
        var throttled = lastThrottledByLambda.get(execution);
        return throttled != null
                        && throttled.isAfter(end.minus(LONGEST_PAUSE))
                        && throttled.isBefore(end.plus(LONGEST_RETRY))
                ? throttled.plus(AFTER_THE_LAST_PAUSE)
                : end;
    }
}
