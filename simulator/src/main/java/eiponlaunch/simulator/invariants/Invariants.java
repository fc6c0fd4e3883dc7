package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.ApiCallListener;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.DisturbanceListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The rules that must hold at every step of every run, whatever goes wrong. Only watches. A rule is told of a change before the
 * ledger is, so it sees both sides of it.
 */
public final class Invariants extends WorldListeners
        implements ExecutionListener, ApiCallListener, DisturbanceListener {
    private final Ledger ledger;
    private final Optional<Liveness> liveness;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    /**
     * @param deadline when a launch's last association may be made
     * @param needs what a launch or termination is about; empty when its event is malformed
     * @param promises by which is judged whether all that must happen did, and in time; empty for a strategy that
     *     promises nothing
     */
    public Invariants(
            VirtualTime time,
            Function<LifecycleHold, Instant> deadline,
            Function<LifecycleHold, Optional<Need>> needs,
            Optional<Promises> promises) {
        Consumer<String> broken = violation -> violations.add(time.now() + " " + violation);
        this.ledger = new Ledger(time);
        this.liveness = promises.map(promised -> new Liveness(time, promised, needs, ledger.addresses(), broken));
        Predicate<String> excused = token ->
                liveness.map(judge -> judge.excusesThatNoResultWasSent(token)).orElse(true);
        rules.add(new NoAddressIsTaken(broken));
        rules.add(new OneAddressEach(time, ledger, broken));
        rules.add(new BeforeTheDeadline(time, ledger, deadline, broken));
        rules.add(new NoAddressInTheWarmPool(broken));
        rules.add(new OnlyFromItsPool(ledger, needs, broken));
        rules.add(new OnlyTheTerminatingGiveBack(ledger, broken));
        rules.add(new CompletedOnce(ledger, broken));
        rules.add(new TerminationsContinue(broken));
        rules.add(new NoExecutionLeavesItsActionWaiting(ledger, excused, broken));
        rules.add(new WithinTheHeartbeat(time, ledger, excused, broken));
        rules.add(new EveryActionEnds(ledger, broken));
        promises.ifPresent(promised -> rules.add(
                new NobodyLeftOutByReconcile(time, ledger, Liveness.OLD_LOOK.plus(promised.staleness()), broken)));
        liveness.ifPresent(rules::add);
        rules.forEach(this::add);
        add(ledger);
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        for (var rule : rules) {
            rule.onEvent(execution, event);
        }
        ledger.onEvent(execution, event);
    }

    @Override
    public void called(ApiCall call) {
        rules.forEach(rule -> rule.called(call));
    }

    @Override
    public void disturbed(Disturbance disturbance) {
        rules.forEach(rule -> rule.disturbed(disturbance));
    }

    /** The run is over: looks at what only that shows. */
    public void checkEnd() {
        rules.forEach(Rule::atEnd);
    }

    /** One line for each rule that was broken, with the virtual time; empty when all held. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many launches were abandoned, by reason. */
    public Map<Cause, Integer> abandonedByCause() {
        return liveness.map(Liveness::abandoned).orElse(Map.of());
    }

    /** How many launches ended with their heartbeat, by reason. */
    public Map<Cause, Integer> lostByCause() {
        return liveness.map(Liveness::lost).orElse(Map.of());
    }
}
