package eiponlaunch.simulator.world;

import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import eiponlaunch.simulator.world.autoscaling.LifecycleListener;
import eiponlaunch.simulator.world.ec2.Ec2Listener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Tells several listeners, in the order in which they were added. */
public class WorldListeners implements WorldListener {
    private final List<Ec2Listener> toEc2 = new ArrayList<>();
    private final List<LifecycleListener> toActions = new ArrayList<>();

    public final <T extends Ec2Listener & LifecycleListener> void add(T listener) {
        toEc2.add(listener);
        toActions.add(listener);
    }

    @Override
    public void allocated(Address address) {
        toEc2.forEach(l -> l.allocated(address));
    }

    @Override
    public void released(String allocationId) {
        toEc2.forEach(l -> l.released(allocationId));
    }

    @Override
    public void internetGateway(boolean attached) {
        toEc2.forEach(l -> l.internetGateway(attached));
    }

    @Override
    public void instanceChanged(Instance instance) {
        toEc2.forEach(l -> l.instanceChanged(instance));
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        toEc2.forEach(l -> l.associated(allocationId, instanceId, takenFrom, replaced, byWorkflow));
    }

    @Override
    public void associatedBeside(String allocationId, String instanceId) {
        toEc2.forEach(l -> l.associatedBeside(allocationId, instanceId));
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        toEc2.forEach(l -> l.disassociated(allocationId, instanceId, byWorkflow));
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        toActions.forEach(l -> l.actionStarted(hold));
    }

    @Override
    public void heartbeatRecorded(LifecycleHold hold, Instant ends) {
        toActions.forEach(l -> l.heartbeatRecorded(hold, ends));
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        toActions.forEach(l -> l.actionCompleted(hold, result));
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        toActions.forEach(l -> l.actionExpired(hold));
    }

    @Override
    public void enteredWarmPool(String instanceId) {
        toActions.forEach(l -> l.enteredWarmPool(instanceId));
    }
}
