package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * What must happen: every launch goes on, every termination gives its address back and goes on, and soon. What does not is
 * laid at the door of something that went wrong for that very action, by an account of the judge's own; without such a
 * reason the rule is broken.
 */
final class Liveness extends Rule {
    /** How old what a function looked at may have been when it looked, beside the cloud's staleness. */
    static final Duration OLD_LOOK = Duration.ofSeconds(3);

    /** Early release is given up this long before the heartbeat ends, which leaves CONTINUE its retries. */
    private static final Duration RELEASE_ENDS_BEFORE = Duration.ofSeconds(150);

    private final VirtualTime time;
    private final Promises promises;
    private final Function<LifecycleHold, Optional<Need>> needs;
    private final AddressBook book;
    private final Circumstances circumstances;
    private final Explanation explanation;
    private final Blame blame;
    private final Map<String, ActionAccount> accounts = new LinkedHashMap<>();
    private final Map<String, String> launchOf = new HashMap<>();
    private final Map<Cause, Integer> abandoned = new EnumMap<>(Cause.class);
    private final Map<Cause, Integer> lost = new EnumMap<>(Cause.class);

    /** @param needs what a launch or termination is about; empty when its event is malformed */
    Liveness(
            VirtualTime time,
            Promises promises,
            Function<LifecycleHold, Optional<Need>> needs,
            AddressBook book,
            Consumer<String> broken) {
        super(broken);
        this.time = time;
        this.promises = promises;
        this.needs = needs;
        this.book = book;
        this.circumstances = new Circumstances(time);
        this.explanation = new Explanation(time, promises, book, circumstances);
        this.blame = new Blame(time, promises, book, circumstances, explanation);
    }

    Map<Cause, Integer> abandoned() {
        return abandoned;
    }

    Map<Cause, Integer> lost() {
        return lost;
    }

    @Override
    public void internetGateway(boolean attached) {
        circumstances.internetGateway(attached);
    }

    @Override
    public void instanceChanged(Instance instance) {
        circumstances.instanceChanged(instance);
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        var need = needs.apply(hold);
        accounts.put(
                hold.token(),
                new ActionAccount(
                        hold,
                        need,
                        time.now(),
                        circumstances.active(),
                        circumstances.started(),
                        circumstances.inVain()));
        if (hold.terminating() && !hold.staysInService()) {
            circumstances.terminationStarted(hold.instanceId());
        }
        if (!hold.terminating()) {
            launchOf.put(hold.instanceId(), hold.token());
            circumstances.launchStarted();
            if (book.addressOf(hold.instanceId()) == null) {
                waits(accounts.get(hold.token()), 1);
            }
        }
    }

    @Override
    public void heartbeatRecorded(LifecycleHold hold, Instant ends) {
        accounts.get(hold.token()).heartbeatRecorded(ends);
    }

    /** Before the address book knows of it. */
    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        if (takenFrom != null && !takenFrom.equals(instanceId)) {
            lostAddress(takenFrom, byWorkflow);
        }
        launch(instanceId).ifPresent(account -> {
            account.associated();
            if (book.addressOf(instanceId) == null) {
                waits(account, -1);
            }
        });
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        lostAddress(instanceId, byWorkflow);
    }

    private void lostAddress(String instanceId, boolean byWorkflow) {
        launch(instanceId).ifPresent(account -> {
            if (!byWorkflow) {
                account.robbed(time.now());
            }
            waits(account, 1);
        });
    }

    @Override
    public void called(ApiCall call) {
        circumstances.called(call);
        if (call.outcome() == ApiCall.Outcome.CONFLICT) {
            call.execution().map(Tokens::of).map(accounts::get).ifPresent(ActionAccount::conflict);
        }
    }

    private Optional<ActionAccount> launch(String instanceId) {
        return Optional.ofNullable(launchOf.get(instanceId)).map(accounts::get);
    }

    private void waits(ActionAccount account, int more) {
        if (!account.hold().toWarmPool()) {
            account.need().ifPresent(need -> book.supply(need).change(time.now(), 0, more));
        }
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        var account = accounts.get(Tokens.of(execution));
        if (account == null) {
            return;
        }
        switch (event.type()) {
            case "ExecutionStarted" -> account.started(time.now());
            case "TaskStateEntered" -> account.entered(event.stateName());
            case "WaitStateEntered" -> account.waits(event.stateName());
            case "TaskScheduled" -> account.attempt(event.stateName());
            case "TaskSucceeded" -> account.succeeded(event.stateName(), outcome(event));
            default -> {}
        }
    }

    /** Of a function of this project; null of any other task. */
    private static Object outcome(HistoryEvent event) {
        return event.details() instanceof Map<?, ?> details
                        && details.get("output") instanceof Map<?, ?> output
                        && output.get("Payload") instanceof Map<?, ?> payload
                ? payload.get("outcome")
                : null;
    }

    @Override
    public void disturbed(Disturbance disturbance) {
        var account = accounts.get(Tokens.of(disturbance.execution()));
        if (account != null) {
            account.disturbed(disturbance, time.now());
            circumstances.disturbed(disturbance);
        }
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        var account = accounts.get(hold.token());
        if (result.equals("CONTINUE")) {
            inTime(account);
            if (hold.terminating()) {
                gaveBack(account);
            } else {
                goesOnWithAddress(account);
            }
        } else if (!hold.terminating()) {
            laid(blame.whyAbandoned(account), abandoned, account, "abandoned");
        }
        ended(hold);
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        var account = accounts.get(hold.token());
        var cause = blame.whyLost(account);
        if (hold.terminating()) {
            check(cause != Cause.UNEXPLAINED, account, "waited in its terminating hook to the end");
        } else {
            laid(cause, lost, account, "lost");
        }
        ended(hold);
    }

    private void ended(LifecycleHold hold) {
        if (!hold.terminating()) {
            circumstances.launchEnded();
            if (book.addressOf(hold.instanceId()) == null) {
                waits(accounts.get(hold.token()), -1);
            }
            launchOf.remove(hold.instanceId(), hold.token());
        }
    }

    private void laid(Cause cause, Map<Cause, Integer> counts, ActionAccount account, String what) {
        counts.merge(cause, 1, Integer::sum);
        check(cause != Cause.UNEXPLAINED, account, "was " + what);
    }

    private void inTime(ActionAccount account) {
        check(
                explanation.took(account).compareTo(explanation.explained(account)) <= 0,
                account,
                "went on with " + account.hold().hook());
    }

    /** A launch may go on without its address only when a stranger took it, too late for the workflow to see. */
    private void goesOnWithAddress(ActionAccount account) {
        var instanceId = account.hold().instanceId();
        if (account.hold().toWarmPool() || book.addressOf(instanceId) != null) {
            return;
        }
        var sinceRobbed = account.robbed() == null ? null : Duration.between(account.robbed(), time.now());
        var unseen = Explanation.UNDISTURBED.plus(explanation.olderLook()).plus(account.completing());
        check(
                sinceRobbed != null && sinceRobbed.compareTo(unseen) <= 0 || circumstances.terminates(instanceId),
                account,
                "went on without an address of the pool");
    }

    /** What it has of its pool now must have come after the look. */
    private void gaveBack(ActionAccount account) {
        var instanceId = account.hold().instanceId();
        var held = book.addressOf(instanceId);
        if (held == null
                || account.hold().staysInService()
                || account.need().isEmpty()
                || !book.meets(held, account.need().get())) {
            return;
        }
        var looked = account.begins().minus(OLD_LOOK).minus(promises.staleness());
        check(
                book.heldSince(instanceId).isAfter(looked)
                        || !account.deniedForLong().isEmpty()
                        || !account.refused().isEmpty()
                        || explanation.isExplainedUntil(
                                account.hold().heartbeatEnds().minus(RELEASE_ENDS_BEFORE), account),
                account,
                "terminates and kept " + held);
    }

    /** Whether AWS refused to complete the action for so long that its execution may end without. */
    boolean excusesThatNoResultWasSent(String token) {
        var account = accounts.get(token);
        return account == null
                || account.need().isEmpty()
                || blame.hasOtherEip(account)
                || account.deniedForLong().contains("CompleteLifecycleAction")
                || account.refused().contains("CompleteLifecycleAction")
                || !account.completing().isZero() && explanation.isExplainedUntil(account.heartbeatEnds(), account);
    }

    @Override
    void atEnd() {
        accounts.values()
                .forEach(account -> check(
                        account.delivered() != null || account.need().isEmpty(),
                        account,
                        "waited in its hook, and nothing was started for it"));
    }

    private void check(boolean holds, ActionAccount account, String what) {
        if (!holds) {
            check(
                    false,
                    account.hold().instanceId() + " " + what + " after "
                            + explanation.took(account).toMillis() / 1000.0
                            + " s, of which what went wrong for it explains "
                            + explanation.explained(account).toMillis() / 1000.0 + " s");
        }
    }
}
