package eiponlaunch.simulator.invariants;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.Disturbance;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** What the judge of liveness knows of instances, their VPC, and how many launches there are. */
final class Circumstances {
    private static final Set<InstanceStateName> ALIVE = Set.of(InstanceStateName.RUNNING, InstanceStateName.PENDING);

    private final VirtualTime time;
    private final Map<String, InstanceStateName> states = new HashMap<>();
    private final Map<String, Instant> runningSince = new HashMap<>();
    private final Set<String> terminating = new HashSet<>();
    private boolean internetGateway = true;
    private boolean associationsWereDenied;
    private int active;
    private int started;
    private int inVain;

    Circumstances(VirtualTime time) {
        this.time = time;
    }

    void instanceChanged(Instance instance) {
        states.put(instance.instanceId(), instance.state().name());
        if (instance.state().name() == InstanceStateName.RUNNING) {
            runningSince.put(instance.instanceId(), time.now());
        }
    }

    void internetGateway(boolean attached) {
        internetGateway = attached;
    }

    void terminationStarted(String instanceId) {
        terminating.add(instanceId);
    }

    void launchStarted() {
        active++;
        started++;
    }

    void launchEnded() {
        active--;
    }

    /** Launches that are under way. */
    int active() {
        return active;
    }

    /** Launches that have ever begun. */
    int started() {
        return started;
    }

    void disturbed(Disturbance disturbance) {
        associationsWereDenied |= disturbance.kind() == Disturbance.Kind.DENIED
                && disturbance.what().equals("AssociateAddress");
    }

    /** A try that comes to nothing uses a token that others wait for, if it gets one. */
    void called(ApiCall call) {
        if (call.api().equals("AssociateAddress") && call.tookToken() && call.outcome() != ApiCall.Outcome.ANSWERED) {
            inVain++;
        }
    }

    /** Associations that have ever come to nothing, and took a token each. */
    int inVain() {
        return inVain;
    }

    boolean associationsWereDenied() {
        return associationsWereDenied;
    }

    boolean hasInternetGateway() {
        return internetGateway;
    }

    boolean terminates(String instanceId) {
        return !ALIVE.contains(states.get(instanceId)) || terminating.contains(instanceId);
    }

    /** Since when the instance runs, or null. */
    Instant runningSince(String instanceId) {
        return runningSince.get(instanceId);
    }
}
