package eiponlaunch.simulator.world;

import eiponlaunch.simulator.time.VirtualTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;

/**
 * The instances that launch hooks hold, until their action is completed or its heartbeat ends. An abandoned instance is
 * terminated; the replacement that a real group would launch is left out, or a run without free addresses would not end.
 */
public final class LifecycleHooks {
    private final VirtualTime time;
    private final Ec2World ec2;
    private final WorldListener listener;
    private final Map<String, LifecycleHold> active = new LinkedHashMap<>();
    private final Set<String> launching = new HashSet<>();

    public LifecycleHooks(VirtualTime time, Ec2World ec2, WorldListener listener) {
        this.time = time;
        this.ec2 = ec2;
        this.listener = listener;
    }

    /** A launch begins, which will be held. */
    public void expect(String instanceId) {
        launching.add(instanceId);
    }

    /** Whether the instance has still to be held, or is. */
    boolean isLaunching(String instanceId) {
        return launching.contains(instanceId);
    }

    /** Holds an instance. */
    public void hold(LifecycleHold hold) {
        if (active.putIfAbsent(hold.token(), hold) != null) {
            return; // another delivery of the same event
        }
        launching.add(hold.instanceId());
        listener.actionStarted(hold);
        time.at(hold.heartbeatEnds(), () -> expire(hold.token()));
    }

    /** Ends the heartbeat of an action that is still active, early or in time. */
    public void expire(String token) {
        var hold = active.remove(token);
        if (hold != null) {
            launching.remove(hold.instanceId());
            listener.actionExpired(hold);
            ec2.terminate(hold.instanceId());
        }
    }

    /** False when there is no such active action. */
    boolean complete(CompleteLifecycleActionRequest request) {
        var hold = find(request);
        if (hold == null) {
            return false;
        }
        active.remove(hold.token());
        launching.remove(hold.instanceId());
        listener.actionCompleted(hold, request.lifecycleActionResult());
        if (request.lifecycleActionResult().equals("ABANDON")) {
            ec2.terminate(hold.instanceId());
        }
        return true;
    }

    public List<LifecycleHold> active() {
        return new ArrayList<>(active.values());
    }

    private LifecycleHold find(CompleteLifecycleActionRequest request) {
        var hold = request.lifecycleActionToken() == null
                ? active.values().stream()
                        .filter(h -> h.instanceId().equals(request.instanceId()))
                        .findFirst()
                        .orElse(null)
                : active.get(request.lifecycleActionToken());
        return hold != null
                        && hold.group().equals(request.autoScalingGroupName())
                        && hold.hook().equals(request.lifecycleHookName())
                ? hold
                : null;
    }
}
