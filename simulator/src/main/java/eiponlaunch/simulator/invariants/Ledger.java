package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * What the rules share: who has which address, which action holds an instance, and whether Reconcile runs. The rules
 * keep this account themselves, because they judge the world.
 */
final class Ledger implements WorldListener, ExecutionListener {
    private final AddressBook addresses;
    private final Map<String, LifecycleHold> actions = new HashMap<>();
    private final Map<String, LifecycleHold> launchOf = new HashMap<>();
    private final Map<String, Instant> heartbeatEnds = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Set<String> terminating = new HashSet<>();
    private final Set<String> reconciles = new HashSet<>();

    Ledger(VirtualTime time) {
        this.addresses = new AddressBook(time);
    }

    AddressBook addresses() {
        return addresses;
    }

    /** Every action that ever began. */
    Collection<LifecycleHold> actions() {
        return actions.values();
    }

    /** The action that the execution is about; none for a malformed event, which names no action. */
    Optional<LifecycleHold> actionOf(Execution execution) {
        return Optional.ofNullable(actions.get(Tokens.of(execution)));
    }

    /** The last launch of an instance. */
    Optional<LifecycleHold> launchOf(String instanceId) {
        return Optional.ofNullable(launchOf.get(instanceId));
    }

    /** When the heartbeat of an action ends, or ended at the latest. */
    Instant heartbeatEnds(LifecycleHold action) {
        return heartbeatEnds.getOrDefault(action.token(), action.heartbeatEnds());
    }

    boolean hasEnded(LifecycleHold action) {
        return ended.contains(action.token());
    }

    /** Whether the instance is held by its launch hook. */
    boolean isLaunching(String instanceId) {
        return launchOf(instanceId).filter(launch -> !hasEnded(launch)).isPresent();
    }

    /** Whether its termination has begun; an instance that leaves the warm pool launches again. */
    boolean isTerminating(String instanceId) {
        return terminating.contains(instanceId);
    }

    /** How many runs of Reconcile are under way, not counting dry runs. */
    int reconciles() {
        return reconciles.size();
    }

    @Override
    public void allocated(Address address) {
        addresses.allocated(address);
    }

    @Override
    public void released(String allocationId) {
        addresses.released(allocationId);
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        addresses.associated(allocationId, instanceId);
    }

    @Override
    public void associatedBeside(String allocationId, String instanceId) {
        addresses.associatedBeside(allocationId, instanceId);
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        addresses.disassociated(allocationId, instanceId);
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        actions.put(hold.token(), hold);
        if (!hold.terminating()) {
            launchOf.put(hold.instanceId(), hold);
            terminating.remove(hold.instanceId());
        } else if (!hold.staysInService()) {
            terminating.add(hold.instanceId());
        }
    }

    @Override
    public void heartbeatRecorded(LifecycleHold hold, Instant ends) {
        heartbeatEnds.put(hold.token(), ends);
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        ended.add(hold.token());
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        ended.add(hold.token());
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (execution.stateMachineName().equals("Reconcile")) {
            var dryRun = execution.input() instanceof Map<?, ?> input && Boolean.TRUE.equals(input.get("dryRun"));
            if (execution.isRunning() && !dryRun) {
                reconciles.add(execution.arn());
            } else {
                reconciles.remove(execution.arn());
            }
        }
    }
}
