package eiponlaunch.simulator.check;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.ExecutionStatus;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;

/**
 * What must hold at every step of every run, whatever goes wrong. Only watches; keeps its own account of who has which
 * address, so that it does not believe the world it judges.
 */
public final class Invariants implements WorldListener, ExecutionListener, ApiCallListener, DisturbanceListener {
    private record Launch(LifecycleHold hold, Instant deadline, Optional<Need> need) {}

    private final VirtualTime time;
    private final Function<LifecycleHold, Instant> deadline;
    private final Function<LifecycleHold, Optional<Need>> needs;
    private final AddressBook book;
    private final Optional<Liveness> liveness;
    private final Map<String, LifecycleHold> byToken = new HashMap<>();
    private final Map<String, Launch> byInstance = new HashMap<>();
    private final Set<String> terminating = new HashSet<>();
    private final Set<String> continued = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> launchStarted = new HashSet<>();
    private final Set<String> reconciles = new HashSet<>();
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
        this.time = time;
        this.deadline = deadline;
        this.needs = needs;
        this.book = new AddressBook(time);
        this.liveness = promises.map(promised -> new Liveness(time, promised, needs, book, this::violated));
    }

    @Override
    public void allocated(Address address) {
        book.allocated(address);
    }

    @Override
    public void released(String allocationId) {
        book.released(allocationId);
    }

    @Override
    public void internetGateway(boolean attached) {
        liveness.ifPresent(judge -> judge.internetGateway(attached));
    }

    @Override
    public void instanceChanged(Instance instance) {
        liveness.ifPresent(judge -> judge.instanceChanged(instance));
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        byToken.put(hold.token(), hold);
        liveness.ifPresent(judge -> judge.actionStarted(hold));
        if (hold.terminating()) {
            if (!hold.staysInService()) {
                terminating.add(hold.instanceId());
            }
            return;
        }
        byInstance.put(hold.instanceId(), new Launch(hold, deadline.apply(hold), needs.apply(hold)));
        terminating.remove(hold.instanceId());
        continued.remove(hold.instanceId()); // an instance leaving a warm pool is launched once more
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        var before = book.addressOf(instanceId);
        liveness.ifPresent(judge -> judge.associated(allocationId, instanceId, takenFrom, replaced, byWorkflow));
        book.associated(allocationId, instanceId);
        if (!byWorkflow) {
            return;
        }
        check(takenFrom == null, allocationId + " was taken from " + takenFrom + " for " + instanceId);
        check(
                before == null || before.equals(allocationId) || areTwoReconcilesAt(instanceId),
                instanceId + " had " + before + " and got " + allocationId
                        + (continued.contains(instanceId) ? " after CONTINUE" : " as well"));
        var launch = byInstance.get(instanceId);
        check(
                launch != null && time.now().isBefore(launch.deadline())
                        || !reconciles.isEmpty() && !isWaiting(instanceId),
                instanceId + " got " + allocationId + " after its deadline");
        check(
                launch == null
                        || launch.need()
                                .filter(need -> book.meets(allocationId, need))
                                .isPresent(),
                instanceId + " got " + allocationId + ", which is not of its pool and network border group");
    }

    /** Two runs at once may choose differently where launches come and go between their looks. */
    private boolean areTwoReconcilesAt(String instanceId) {
        return reconciles.size() > 1 && !isWaiting(instanceId);
    }

    private boolean isWaiting(String instanceId) {
        var launch = byInstance.get(instanceId);
        return launch != null && !ended.contains(launch.hold().token());
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        check(
                !byWorkflow || terminating.contains(instanceId),
                allocationId + " was disassociated from " + instanceId + ", which does not terminate");
        liveness.ifPresent(judge -> judge.disassociated(allocationId, instanceId, byWorkflow));
        book.disassociated(allocationId, instanceId);
    }

    @Override
    public void called(ApiCall call) {
        liveness.ifPresent(judge -> judge.called(call));
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        check(ended.add(hold.token()), "the action of " + hold.instanceId() + " was completed twice");
        check(!hold.terminating() || result.equals("CONTINUE"), hold.instanceId() + " terminated with " + result);
        if (!hold.terminating() && result.equals("CONTINUE")) {
            continued.add(hold.instanceId());
        }
        liveness.ifPresent(judge -> judge.actionCompleted(hold, result));
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        ended.add(hold.token());
        liveness.ifPresent(judge -> judge.actionExpired(hold));
    }

    @Override
    public void disturbed(Disturbance disturbance) {
        liveness.ifPresent(judge -> judge.disturbed(disturbance));
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        liveness.ifPresent(judge -> judge.onEvent(execution, event));
        watchReconcile(execution);
        var token = Tokens.of(execution);
        if (execution.stateMachineName().equals("EipOnLaunch")) {
            launchStarted.add(token);
        }
        var hold = byToken.get(token);
        if (execution.isRunning() || hold == null) {
            return; // a malformed event names no action
        }
        var excused =
                liveness.map(judge -> judge.excusesThatNoResultWasSent(token)).orElse(true);
        check(
                ended.contains(token) || excused || handedOn(execution, token),
                execution + " ended and left " + hold.instanceId() + " waiting");
        check(
                excused || !time.now().isAfter(latest(hold.heartbeatEnds(), execution)),
                execution + " went on after the heartbeat of " + hold.instanceId());
    }

    /** StartOnce ends while the execution that it started, or another delivery did, goes on. */
    private boolean handedOn(Execution execution, String token) {
        return execution.stateMachineName().equals("StartOnce")
                && execution.status() == ExecutionStatus.SUCCEEDED
                && launchStarted.contains(token);
    }

    /** While it runs it may give addresses to instances that no hook holds, unless it is a dry run. */
    private void watchReconcile(Execution execution) {
        if (execution.stateMachineName().equals("Reconcile")) {
            var dryRun = execution.input() instanceof Map<?, ?> input && Boolean.TRUE.equals(input.get("dryRun"));
            if (execution.isRunning() && !dryRun) {
                reconciles.add(execution.arn());
            } else {
                reconciles.remove(execution.arn());
            }
        }
    }

    /** Looks at what only the end of a run shows. */
    public void checkEnd() {
        byToken.forEach((token, hold) -> check(ended.contains(token), hold.instanceId() + " still waits"));
        liveness.ifPresent(Liveness::checkEnd);
    }

    /** One line for each invariant that was broken, with the virtual time; empty when all held. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** How many launches were abandoned, by what they are laid at the door of. */
    public Map<Cause, Integer> abandonedByCause() {
        return liveness.map(Liveness::abandoned).orElse(Map.of());
    }

    /** How many launches' heartbeat ended first, by what they are laid at the door of. */
    public Map<Cause, Integer> lostByCause() {
        return liveness.map(Liveness::lost).orElse(Map.of());
    }

    /** An execution that starts late needs some time to find out that it is too late, more when calls fail meanwhile. */
    private static Instant latest(Instant heartbeatEnds, Execution execution) {
        var soonAfterStart = execution.start().plus(Duration.ofSeconds(120));
        return heartbeatEnds.isAfter(soonAfterStart) ? heartbeatEnds : soonAfterStart;
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violated(violation);
        }
    }

    private void violated(String violation) {
        violations.add(time.now() + " " + violation);
    }
}
