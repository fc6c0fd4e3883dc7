package eiponlaunch.simulator.world.autoscaling;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.ec2.Ec2World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * The instances that hooks hold, until their action is completed or its heartbeat ends. An abandoned instance is
 * terminated; the replacement that a real group would launch is left out, or a run without free addresses would not end.
 * An instance that goes on into a warm pool waits there until it is launched out of it, or ends. To record a heartbeat begins it
 * anew, so an action may last longer than its hold says.
 */
public final class LifecycleHooks {
    private final VirtualTime time;
    private final Ec2World ec2;
    private final LifecycleListener listener;
    private final Map<String, LifecycleHold> active = new LinkedHashMap<>();
    private final Map<String, Heartbeat> heartbeats = new HashMap<>();
    private final Map<String, List<LifecycleHold>> byInstance = new HashMap<>();
    private final Map<String, Launch> launching = new HashMap<>();
    private final List<LifecycleHook> configured = new ArrayList<>();
    private final Set<String> inWarmPool = new HashSet<>();
    private final Set<String> retained = new HashSet<>();
    private boolean warmPoolsRun;
    private boolean retains;

    /**
     * A launch that is in progress, as the group's activities tell of it.
     *
     * @param began not when EC2 started the instance: it may have run in a warm pool for long
     */
    record Launch(String instanceId, Instant began, String description) {}

    public LifecycleHooks(VirtualTime time, Ec2World ec2, LifecycleListener listener) {
        this.time = time;
        this.ec2 = ec2;
        this.listener = listener;
    }

    /** The groups' warm pools keep their instances running, not stopped; to EC2 a hibernated one is a stopped one. */
    public void keepWarmPoolsRunning() {
        warmPoolsRun = true;
    }

    /**
     * The groups retain instances whose terminating hook is abandoned, and these hooks' default result is ABANDON.
     *
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-lifecycle-policy.html">Instance lifecycle
     *     policies</a>
     */
    public void retainAbandoned() {
        retains = true;
    }

    /** A hook of a group, for who asks Auto Scaling about the group's hooks. */
    public void configure(LifecycleHook hook) {
        configured.add(hook);
    }

    List<LifecycleHook> configured(String group) {
        return configured.stream()
                .filter(hook -> hook.autoScalingGroupName().equals(group))
                .toList();
    }

    /** A launch begins, which will be held, or is. */
    public void expect(String instanceId, boolean toWarmPool) {
        begin(instanceId, toWarmPool ? " into warm pool" : "");
        if (toWarmPool) {
            inWarmPool.add(instanceId);
        } else {
            inWarmPool.remove(instanceId);
        }
    }

    /** As {@link #expect}, of an instance that leaves the warm pool into which it came. */
    public void expectFromWarmPool(String instanceId) {
        if (!inWarmPool.remove(instanceId)) {
            throw new IllegalStateException(instanceId + " never came into a warm pool");
        }
        begin(instanceId, " from warm pool");
    }

    /** The instance is in the warm pool, with the address that it has if it has one. */
    public void enterWarmPool(String instanceId) {
        inWarmPool.add(instanceId);
        listener.enteredWarmPool(instanceId);
        if (!warmPoolsRun && ec2.isAlive(instanceId) && !isTerminating(instanceId)) {
            ec2.setState(instanceId, InstanceStateName.STOPPED);
        }
    }

    /** What is in progress already began as it did. */
    private void begin(String instanceId, String how) {
        launching.putIfAbsent(
                instanceId,
                new Launch(instanceId, time.now(), "Launching a new EC2 instance" + how + ": " + instanceId));
    }

    /** Whether the instance has still to be held, or is. */
    public boolean isLaunching(String instanceId) {
        return launching.containsKey(instanceId);
    }

    /** The launch of the instance that is in progress, if one is. */
    Optional<Launch> launch(String instanceId) {
        return Optional.ofNullable(launching.get(instanceId));
    }

    /** Whether the instance waits in the warm pool, or is on its way there. */
    public boolean isInWarmPool(String instanceId) {
        return inWarmPool.contains(instanceId);
    }

    /** Whether its group keeps the instance until somebody terminates it. */
    public boolean isRetained(String instanceId) {
        return retained.contains(instanceId);
    }

    /** Whether a terminating hook holds the instance, which then ends or goes to the warm pool. */
    public boolean isTerminating(String instanceId) {
        return of(instanceId).stream().anyMatch(hold -> hold.terminating() && !hold.staysInService());
    }

    /** Holds an instance. */
    public void hold(LifecycleHold hold) {
        if (active.putIfAbsent(hold.token(), hold) != null) {
            return; // another delivery of the same event
        }
        byInstance.computeIfAbsent(hold.instanceId(), id -> new ArrayList<>(1)).add(hold);
        if (!hold.terminating()) {
            expect(hold.instanceId(), hold.toWarmPool());
        } else if (hold.toWarmPool()) {
            inWarmPool.add(hold.instanceId());
        }
        listener.actionStarted(hold);
        heartbeats.put(
                hold.token(),
                new Heartbeat(time, Duration.between(time.now(), hold.heartbeatEnds()), () -> expire(hold.token())));
    }

    /** Ends the heartbeat of an action that is still active, early or in time. */
    public void expire(String token) {
        var hold = active.get(token);
        if (hold != null) {
            var result = hold.terminating() && !retains ? "CONTINUE" : "ABANDON";
            ends(hold, result);
            listener.actionExpired(hold);
            end(hold, result);
        }
    }

    private void ends(LifecycleHold hold, String result) {
        remove(hold);
        launching.remove(hold.instanceId());
        if (retains && hold.terminating() && !hold.staysInService() && result.equals("ABANDON")) {
            retained.add(hold.instanceId());
        }
    }

    /** What becomes of the instance. */
    private void end(LifecycleHold hold, String result) {
        if (hold.staysInService() || isRetained(hold.instanceId())) {
            return;
        }
        if (hold.toWarmPool() && result.equals("CONTINUE")) {
            enterWarmPool(hold.instanceId());
        } else if (hold.terminating() || result.equals("ABANDON")) {
            ec2.terminate(hold.instanceId());
        }
    }

    /** False when there is no such active action. */
    boolean complete(CompleteLifecycleActionRequest request) {
        var hold = find(
                request.autoScalingGroupName(),
                request.lifecycleHookName(),
                request.lifecycleActionToken(),
                request.instanceId());
        if (hold == null) {
            return false;
        }
        ends(hold, request.lifecycleActionResult());
        listener.actionCompleted(hold, request.lifecycleActionResult());
        end(hold, request.lifecycleActionResult());
        return true;
    }

    /** False when there is no such active action. */
    boolean recordHeartbeat(RecordLifecycleActionHeartbeatRequest request) {
        var hold = find(
                request.autoScalingGroupName(),
                request.lifecycleHookName(),
                request.lifecycleActionToken(),
                request.instanceId());
        if (hold == null) {
            return false;
        }
        listener.heartbeatRecorded(hold, heartbeats.get(hold.token()).beginAnew());
        return true;
    }

    public List<LifecycleHold> active() {
        return new ArrayList<>(active.values());
    }

    private LifecycleHold find(String group, String hook, String token, String instanceId) {
        var named = token == null
                ? of(instanceId)
                : Optional.ofNullable(active.get(token)).stream().toList();
        return named.stream()
                .filter(hold -> hold.group().equals(group) && hold.hook().equals(hook))
                .findFirst()
                .orElse(null);
    }

    private List<LifecycleHold> of(String instanceId) {
        return byInstance.getOrDefault(instanceId, List.of());
    }

    private void remove(LifecycleHold hold) {
        active.remove(hold.token());
        heartbeats.remove(hold.token()).stop();
        byInstance.computeIfPresent(hold.instanceId(), (id, holds) -> {
            holds.remove(hold);
            return holds.isEmpty() ? null : holds;
        });
    }
}
