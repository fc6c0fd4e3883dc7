package eiponlaunch.simulator.check;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.ApiCallListener;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.DisturbanceListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * What must happen: every launch goes on, every termination gives its address back and goes on, and soon. What does not is
 * laid at the door of something that went wrong for that very action, by an account of the judge's own; without such a
 * reason the rule is broken.
 */
final class Liveness implements WorldListener, ExecutionListener, ApiCallListener, DisturbanceListener {
    /** What an action takes at most when nothing goes wrong: the event's way, cold starts, calls and transitions. */
    private static final Duration UNDISTURBED = Duration.ofSeconds(12);

    /** The event's usual way. */
    private static final Duration DELIVERY = Duration.ofSeconds(3);

    /** A pending instance is tried again this much after it is ready, at the latest. */
    private static final Duration NOT_READY = Duration.ofSeconds(7);

    /** What trying too early costs. */
    private static final double WASTE = 1.5;

    /** How old what early release looked at may have been when it looked. */
    private static final Duration OLD_LOOK = Duration.ofSeconds(3);

    /** Early release is given up this long before the heartbeat ends, which leaves CONTINUE its retries. */
    private static final Duration RELEASE_ENDS_BEFORE = Duration.ofSeconds(150);

    private final VirtualTime time;
    private final Promises promises;
    private final Function<LifecycleHold, Optional<Need>> needs;
    private final AddressBook book;
    private final Consumer<String> broken;
    private final Map<String, ActionAccount> accounts = new LinkedHashMap<>();
    private final Map<String, String> launchOf = new HashMap<>();
    private final Set<String> terminating = new HashSet<>();
    private final Map<String, InstanceStateName> states = new HashMap<>();
    private final Map<String, Instant> runningSince = new HashMap<>();
    private final Map<Cause, Integer> abandoned = new EnumMap<>(Cause.class);
    private final Map<Cause, Integer> lost = new EnumMap<>(Cause.class);
    private boolean internetGateway = true;
    private int active;
    private int started;

    /**
     * @param needs what a launch or termination is about; empty when its event is malformed
     * @param broken is told of each broken rule
     */
    Liveness(
            VirtualTime time,
            Promises promises,
            Function<LifecycleHold, Optional<Need>> needs,
            AddressBook book,
            Consumer<String> broken) {
        this.time = time;
        this.promises = promises;
        this.needs = needs;
        this.book = book;
        this.broken = broken;
    }

    Map<Cause, Integer> abandoned() {
        return abandoned;
    }

    Map<Cause, Integer> lost() {
        return lost;
    }

    @Override
    public void internetGateway(boolean attached) {
        internetGateway = attached;
    }

    @Override
    public void instanceChanged(Instance instance) {
        states.put(instance.instanceId(), instance.state().name());
        if (instance.state().name() == InstanceStateName.RUNNING) {
            runningSince.put(instance.instanceId(), time.now());
        }
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        var need = needs.apply(hold);
        accounts.put(hold.token(), new ActionAccount(hold, need, time.now(), active, started));
        if (hold.terminating() && !hold.staysInService()) {
            terminating.add(hold.instanceId());
        }
        if (!hold.terminating()) {
            launchOf.put(hold.instanceId(), hold.token());
            active++;
            started++;
            if (book.addressOf(hold.instanceId()) == null) {
                waits(accounts.get(hold.token()), 1);
            }
        }
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
            case "TaskScheduled" -> account.attempt(event.stateName());
            case "TaskSucceeded" -> account.succeeded(event.stateName());
            default -> {}
        }
    }

    @Override
    public void disturbed(Disturbance disturbance) {
        var account = accounts.get(Tokens.of(disturbance.execution()));
        if (account != null) {
            account.disturbed(disturbance, time.now());
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
            laid(whyAbandoned(account), abandoned, account, "abandoned");
        }
        ended(hold);
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        var account = accounts.get(hold.token());
        var cause = whyLost(account);
        if (hold.terminating()) {
            check(cause != Cause.UNEXPLAINED, account, "waited in its terminating hook to the end");
        } else {
            laid(cause, lost, account, "lost");
        }
        ended(hold);
    }

    private void ended(LifecycleHold hold) {
        if (!hold.terminating()) {
            active--;
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
                took(account).compareTo(explained(account)) <= 0,
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
        check(
                sinceRobbed != null && sinceRobbed.compareTo(UNDISTURBED.plus(account.completing())) <= 0
                        || terminates(instanceId),
                account,
                "went on without an address of the pool");
    }

    private boolean terminates(String instanceId) {
        return !Set.of(InstanceStateName.RUNNING, InstanceStateName.PENDING).contains(states.get(instanceId))
                || terminating.contains(instanceId);
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
                        || !account.denied().isEmpty()
                        || !account.refused().isEmpty()
                        || isExplainedUntil(account.hold().heartbeatEnds().minus(RELEASE_ENDS_BEFORE), account),
                account,
                "terminates and kept " + held);
    }

    private Cause whyAbandoned(ActionAccount account) {
        var instanceId = account.hold().instanceId();
        if (account.need().filter(need -> need != Need.OF_NOTHING).isEmpty()) {
            return Cause.EVENT_MALFORMED;
        }
        if (terminates(instanceId)) {
            return Cause.INSTANCE_TERMINATED;
        }
        if (!internetGateway) {
            return Cause.NO_INTERNET_GATEWAY;
        }
        if (!account.denied().isEmpty()) {
            return Cause.PERMISSION_MISSING;
        }
        if (!account.refused().isEmpty() || account.addressesRefusedForLong(time.now())) {
            return Cause.CALL_REFUSED;
        }
        if (!account.delivered()
                .isBefore(account.begins().plus(promises.deadline()).minus(UNDISTURBED))) {
            return Cause.EVENT_TOO_LATE;
        }
        if (beyondTheBurst(account)
                > promises.associations().perSecond() * promises.deadline().toSeconds() * 0.9) {
            return Cause.TOO_MANY_LAUNCHES;
        }
        if (explained(account).plus(UNDISTURBED).compareTo(promises.deadline()) < 0
                || took(account).plus(UNDISTURBED).compareTo(promises.deadline()) < 0) {
            return Cause.UNEXPLAINED;
        }
        return scarce(account).compareTo(account.searching()) > 0 ? Cause.NO_FREE_ADDRESS : Cause.AWS_FAILED_TOO_LONG;
    }

    private Cause whyLost(ActionAccount account) {
        var hold = account.hold();
        if (time.now().isBefore(hold.heartbeatEnds())) {
            return Cause.HEARTBEAT_CUT_SHORT;
        }
        if (account.need().isEmpty()) {
            return Cause.EVENT_MALFORMED;
        }
        if (hasOtherEip(account)) {
            return Cause.OTHER_EIP;
        }
        if (account.denied().contains("CompleteLifecycleAction")) {
            return Cause.PERMISSION_MISSING;
        }
        if (account.refused().contains("CompleteLifecycleAction")) {
            return Cause.CALL_REFUSED;
        }
        var late = hold.heartbeatEnds()
                .minus(UNDISTURBED)
                .minus(account.completing())
                .minus(account.searching());
        if (account.delivered() == null || !account.delivered().isBefore(late)) {
            return Cause.EVENT_TOO_LATE;
        }
        return account.completing().isZero() || !isExplainedUntil(hold.heartbeatEnds(), account)
                ? Cause.UNEXPLAINED
                : Cause.AWS_FAILED_TOO_LONG;
    }

    private boolean isExplainedUntil(Instant end, ActionAccount account) {
        return !account.begins().plus(explained(account)).plus(UNDISTURBED).isBefore(end);
    }

    /** Then the launch is somebody else's to complete. */
    private boolean hasOtherEip(ActionAccount account) {
        var held = book.addressOf(account.hold().instanceId());
        return !account.hold().terminating()
                && held != null
                && account.need().filter(need -> !book.meets(held, need)).isPresent();
    }

    private Duration took(ActionAccount account) {
        return Duration.between(account.begins(), time.now());
    }

    /** How long it may take, given all that went wrong for it. */
    private Duration explained(ActionAccount account) {
        return UNDISTURBED
                .plus(lateness(account))
                .plus(account.searching())
                .plus(account.completing())
                .plus(scarce(account))
                .plus(notReady(account))
                .plus(turn(account))
                .plus(stale());
    }

    private Duration lateness(ActionAccount account) {
        if (account.delivered() == null) {
            return took(account);
        }
        var late = Duration.between(account.begins(), account.delivered()).minus(DELIVERY);
        return late.isNegative() ? Duration.ZERO : late;
    }

    private Duration scarce(ActionAccount account) {
        var looks = promises.looksAgain().multipliedBy(5).dividedBy(4).plus(UNDISTURBED.dividedBy(2));
        return account.need()
                .map(need -> book.supply(need).scarce(account.begins(), time.now(), looks))
                .orElse(Duration.ZERO);
    }

    private Duration notReady(ActionAccount account) {
        var running = runningSince.get(account.hold().instanceId());
        return running == null || !running.isAfter(account.begins())
                ? Duration.ZERO
                : Duration.between(account.begins(), running).plus(NOT_READY);
    }

    /** A look at what was true a second ago is in what every launch takes anyway; an older one may have to be repeated. */
    private Duration stale() {
        var beyond = promises.staleness().minusSeconds(1);
        return beyond.isNegative() ? Duration.ZERO : beyond.multipliedBy(2);
    }

    /** In a storm the rate of EC2's API decides. */
    private Duration turn(ActionAccount account) {
        var beyond = beyondTheBurst(account);
        return beyond == 0
                ? Duration.ZERO
                : Duration.ofMillis(
                        (long) (1000 * WASTE * beyond / promises.associations().perSecond()));
    }

    /** How many of the launches during this one EC2 does not grant at once. */
    private double beyondTheBurst(ActionAccount account) {
        return Math.max(0, account.rivals(started) - promises.associations().tokens());
    }

    /** Whether AWS refused to complete the action for so long that its execution may end without. */
    boolean excusesThatNoResultWasSent(String token) {
        var account = accounts.get(token);
        return account == null
                || account.need().isEmpty()
                || hasOtherEip(account)
                || account.denied().contains("CompleteLifecycleAction")
                || account.refused().contains("CompleteLifecycleAction")
                || !account.completing().isZero()
                        && isExplainedUntil(account.hold().heartbeatEnds(), account);
    }

    /** Looks at what only the end of a run shows. */
    void checkEnd() {
        accounts.values()
                .forEach(account -> check(
                        account.delivered() != null || account.need().isEmpty(),
                        account,
                        "waited in its hook, and nothing was started for it"));
    }

    private void check(boolean holds, ActionAccount account, String what) {
        if (!holds) {
            broken.accept(account.hold().instanceId() + " " + what + " after "
                    + took(account).toMillis() / 1000.0 + " s, of which what went wrong for it explains "
                    + explained(account).toMillis() / 1000.0 + " s");
        }
    }
}
