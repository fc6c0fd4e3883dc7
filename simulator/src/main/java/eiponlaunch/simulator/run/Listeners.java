package eiponlaunch.simulator.run;

import eiponlaunch.simulator.world.LifecycleHold;
import eiponlaunch.simulator.world.WorldListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Tells several listeners, in the order in which they were added. */
final class Listeners implements WorldListener {
    private final List<WorldListener> listeners = new ArrayList<>();

    void add(WorldListener listener) {
        listeners.add(listener);
    }

    private void tell(Consumer<WorldListener> news) {
        listeners.forEach(news);
    }

    @Override
    public void allocated(Address address) {
        tell(l -> l.allocated(address));
    }

    @Override
    public void released(String allocationId) {
        tell(l -> l.released(allocationId));
    }

    @Override
    public void internetGateway(boolean attached) {
        tell(l -> l.internetGateway(attached));
    }

    @Override
    public void instanceChanged(Instance instance) {
        tell(l -> l.instanceChanged(instance));
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        tell(l -> l.associated(allocationId, instanceId, takenFrom, replaced, byWorkflow));
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        tell(l -> l.disassociated(allocationId, instanceId, byWorkflow));
    }

    @Override
    public void conflict(String allocationId, String instanceId) {
        tell(l -> l.conflict(allocationId, instanceId));
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        tell(l -> l.actionStarted(hold));
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        tell(l -> l.actionCompleted(hold, result));
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        tell(l -> l.actionExpired(hold));
    }
}
