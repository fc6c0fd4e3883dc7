package eiponlaunch.simulator.check;

import eiponlaunch.simulator.engine.Execution;
import eiponlaunch.simulator.engine.ExecutionObserver;
import eiponlaunch.simulator.engine.ExecutionStatus;
import eiponlaunch.simulator.engine.HistoryEvent;
import eiponlaunch.simulator.time.VirtualTime;
import eiponlaunch.simulator.world.Ec2World;
import eiponlaunch.simulator.world.LifecycleHold;
import eiponlaunch.simulator.world.WorldListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * What must hold at every step of every run, whatever goes wrong. Only watches; keeps its own account of who has which
 * address, so that it does not believe the world it judges.
 */
public final class Invariants implements WorldListener, ExecutionObserver {
    /** The states that end an execution whose ABANDON or CONTINUE was refused to the end, or is not its to send. */
    private static final Set<String> RESULT_NOT_SENT = Set.of("AbandonNotSent", "ContinueNotSent", "LaunchLeftAlone");

    private record Launch(LifecycleHold hold, Instant deadline) {}

    private final VirtualTime time;
    private final Function<LifecycleHold, Instant> deadline;
    private final Map<String, LifecycleHold> byToken = new HashMap<>();
    private final Map<String, Launch> byInstance = new HashMap<>();
    private final Set<String> terminating = new HashSet<>();
    private final Map<String, String> addressOf = new HashMap<>();
    private final Map<String, String> holderOf = new HashMap<>();
    private final Set<String> continued = new HashSet<>();
    private final Set<String> robbed = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> retrofits = new HashSet<>();
    private final Set<String> resultNotSent = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    /** @param deadline when a launch's last association may be made */
    public Invariants(VirtualTime time, Function<LifecycleHold, Instant> deadline) {
        this.time = time;
        this.deadline = deadline;
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        byToken.put(hold.token(), hold);
        if (hold.terminating()) {
            if (!hold.staysInService()) {
                terminating.add(hold.instanceId());
            }
            return;
        }
        byInstance.put(hold.instanceId(), new Launch(hold, deadline.apply(hold)));
        terminating.remove(hold.instanceId());
        continued.remove(hold.instanceId()); // an instance leaving a warm pool is launched once more
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        if (!byWorkflow && takenFrom != null) {
            robbed.add(takenFrom);
        }
        var holder = holderOf.put(allocationId, instanceId);
        if (holder != null) {
            addressOf.remove(holder, allocationId);
        }
        var before = addressOf.put(instanceId, allocationId);
        if (before != null && !before.equals(allocationId)) {
            holderOf.remove(before, instanceId);
        }
        if (!byWorkflow) {
            return;
        }
        check(takenFrom == null, allocationId + " was taken from " + takenFrom + " for " + instanceId);
        check(
                before == null || before.equals(allocationId),
                instanceId + " had " + before + " and got " + allocationId
                        + (continued.contains(instanceId) ? " after CONTINUE" : " as well"));
        var launch = byInstance.get(instanceId);
        check(
                launch != null && time.now().isBefore(launch.deadline())
                        || !retrofits.isEmpty() && !isWaiting(instanceId),
                instanceId + " got " + allocationId + " after its deadline");
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
        robbed.add(instanceId);
        addressOf.remove(instanceId, allocationId);
        holderOf.remove(allocationId, instanceId);
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        check(ended.add(hold.token()), "the action of " + hold.instanceId() + " was completed twice");
        if (hold.terminating()) {
            check(result.equals("CONTINUE"), hold.instanceId() + " terminated with " + result);
            return;
        }
        if (result.equals("CONTINUE")) {
            continued.add(hold.instanceId());
            check(
                    hold.toWarmPool() || addressOf.containsKey(hold.instanceId()) || robbed.contains(hold.instanceId()),
                    hold.instanceId() + " went on without an address of the pool");
        }
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        ended.add(hold.token());
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (event.stateName() != null && RESULT_NOT_SENT.contains(event.stateName())) {
            resultNotSent.add(token(execution));
        }
        watchRetrofit(execution);
        if (execution.isRunning()) {
            return;
        }
        var token = token(execution);
        var hold = byToken.get(token);
        if (hold == null || resultNotSent.contains(token)) {
            return; // nothing is held, or AWS refused the completion to the end
        }
        check(
                ended.contains(token) || execution.status() == ExecutionStatus.SUCCEEDED && !hold.terminating(),
                execution + " ended and left " + hold.instanceId() + " waiting");
        check(
                !time.now().isAfter(latest(hold.heartbeatEnds(), execution)),
                execution + " went on after the heartbeat of " + hold.instanceId());
    }

    /** While it runs it may give addresses to instances that no hook holds, unless it is a dry run. */
    private void watchRetrofit(Execution execution) {
        if (execution.stateMachineName().equals("Retrofit")) {
            var dryRun = execution.input() instanceof Map<?, ?> input && Boolean.TRUE.equals(input.get("dryRun"));
            if (execution.isRunning() && !dryRun) {
                retrofits.add(execution.arn());
            } else {
                retrofits.remove(execution.arn());
            }
        }
    }

    /** Looks at what only the end of a run shows. */
    public void checkEnd(Ec2World ec2) {
        addressOf.forEach((instanceId, allocationId) -> {
            var instance = ec2.instance(instanceId);
            check(
                    instance == null || instance.state().name() != InstanceStateName.TERMINATED,
                    allocationId + " stayed with the terminated " + instanceId);
        });
        byToken.forEach((token, hold) -> check(ended.contains(token), hold.instanceId() + " still waits"));
    }

    /** One line for each invariant that was broken, with the virtual time; empty when all held. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    /** An execution that starts late needs some time to find out that it is too late, more when calls fail meanwhile. */
    private static Instant latest(Instant heartbeatEnds, Execution execution) {
        var soonAfterStart = execution.start().plus(Duration.ofSeconds(120));
        return heartbeatEnds.isAfter(soonAfterStart) ? heartbeatEnds : soonAfterStart;
    }

    private void check(boolean holds, String violation) {
        if (!holds) {
            violations.add(time.now() + " " + violation);
        }
    }

    private static String token(Execution execution) {
        return execution.input() instanceof Map<?, ?> event
                        && event.get("detail") instanceof Map<?, ?> detail
                        && detail.get("LifecycleActionToken") instanceof String token
                ? token
                : "";
    }
}
