package eiponlaunch.simulator.world.autoscaling;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.ec2.Ec2World;
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
 * A recorded heartbeat is accepted or refused but gives no more time, which leaves the workflow less than AWS does.
 */
public final class LifecycleHooks {
    private final VirtualTime time;
    private final Ec2World ec2;
    private final LifecycleListener listener;
    private final Map<String, LifecycleHold> active = new LinkedHashMap<>();
    private final Map<String, List<LifecycleHold>> byInstance = new HashMap<>();
    private final Map<String, Launch> launching = new HashMap<>();
    private final List<LifecycleHook> configured = new ArrayList<>();
    private final Set<String> inWarmPool = new HashSet<>();

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

    /** As {@link #expect}, of an instance that leaves the warm pool. */
    public void expectFromWarmPool(String instanceId) {
        begin(instanceId, " from warm pool");
        inWarmPool.remove(instanceId);
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
    boolean isInWarmPool(String instanceId) {
        return inWarmPool.contains(instanceId);
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
        }
        listener.actionStarted(hold);
        time.at(hold.heartbeatEnds(), () -> expire(hold.token()));
    }

    /** Ends the heartbeat of an action that is still active, early or in time. */
    public void expire(String token) {
        var hold = active.get(token);
        if (hold != null) {
            remove(hold);
            launching.remove(hold.instanceId());
            listener.actionExpired(hold);
            end(hold);
        }
    }

    /** What becomes of an instance that does not go into service. */
    private void end(LifecycleHold hold) {
        if (hold.staysInService()) {
            return;
        }
        if (!hold.terminating() || !hold.toWarmPool()) {
            ec2.terminate(hold.instanceId());
        } else if (ec2.isAlive(hold.instanceId())) {
            ec2.setState(hold.instanceId(), InstanceStateName.STOPPED);
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
        remove(hold);
        launching.remove(hold.instanceId());
        if (hold.toWarmPool() && request.lifecycleActionResult().equals("CONTINUE")) {
            inWarmPool.add(hold.instanceId());
        }
        listener.actionCompleted(hold, request.lifecycleActionResult());
        if (hold.terminating() || request.lifecycleActionResult().equals("ABANDON")) {
            end(hold);
        }
        return true;
    }

    /** False when there is no such active action. */
    boolean recordHeartbeat(RecordLifecycleActionHeartbeatRequest request) {
        return find(
                        request.autoScalingGroupName(),
                        request.lifecycleHookName(),
                        request.lifecycleActionToken(),
                        request.instanceId())
                != null;
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
        byInstance.computeIfPresent(hold.instanceId(), (id, holds) -> {
            holds.remove(hold);
            return holds.isEmpty() ? null : holds;
        });
    }
}
