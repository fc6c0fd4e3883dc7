package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.ExecutionStatus;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * A run of Reconcile that succeeds says that no instance in service of its groups is without an address. So each that has been
 * in service since the run began has one, unless somebody took it meanwhile. A run that cannot give an address to all fails.
 */
final class NobodyLeftOutByReconcile extends Rule {
    private static final String GROUP = "aws:autoscaling:groupName";

    private final VirtualTime time;
    private final Ledger ledger;
    private final Duration oldestLook;
    private final Map<String, String> groupOf = new HashMap<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> pastTheHooks = new HashSet<>();
    private final Map<String, Instant> inServiceSince = new HashMap<>();
    private final Map<String, Instant> lost = new HashMap<>();

    /** @param oldestLook how old what the run saw first may have been */
    NobodyLeftOutByReconcile(VirtualTime time, Ledger ledger, Duration oldestLook, Consumer<String> broken) {
        super(broken);
        this.time = time;
        this.ledger = ledger;
        this.oldestLook = oldestLook;
    }

    /** An instance that is running when it is seen first has been launched long ago. */
    @Override
    public void instanceChanged(Instance instance) {
        var id = instance.instanceId();
        var isRunning = instance.state().name() == InstanceStateName.RUNNING;
        if (!groupOf.containsKey(id)) {
            groupOf.put(id, group(instance));
            if (isRunning) {
                pastTheHooks.add(id);
            }
        }
        if (isRunning) {
            running.add(id);
        } else {
            running.remove(id);
        }
        changed(id);
    }

    private static String group(Instance instance) {
        return instance.tags().stream()
                .filter(tag -> tag.key().equals(GROUP))
                .map(tag -> tag.value())
                .findFirst()
                .orElse("");
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        if (!hold.staysInService()) {
            pastTheHooks.remove(hold.instanceId());
            changed(hold.instanceId());
        }
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        if (!hold.terminating() && !hold.toWarmPool() && result.equals("CONTINUE")) {
            pastTheHooks.add(hold.instanceId());
            changed(hold.instanceId());
        }
    }

    @Override
    public void enteredWarmPool(String instanceId) {
        pastTheHooks.remove(instanceId);
        changed(instanceId);
    }

    /** An instance whose termination has begun may still be told to continue its launch, and does not come into service. */
    private void changed(String instanceId) {
        if (running.contains(instanceId) && pastTheHooks.contains(instanceId) && !ledger.isTerminating(instanceId)) {
            inServiceSince.putIfAbsent(instanceId, time.now());
        } else {
            inServiceSince.remove(instanceId);
        }
    }

    @Override
    public void associated(
            String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
        if (takenFrom != null) {
            lost.put(takenFrom, time.now());
        }
    }

    @Override
    public void disassociated(String allocationId, String instanceId, boolean byWorkflow) {
        lost.put(instanceId, time.now());
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (execution.stateMachineName().equals("Reconcile")
                && execution.status() == ExecutionStatus.SUCCEEDED
                && execution.input() instanceof Map<?, ?> input
                && !Boolean.TRUE.equals(input.get("dryRun"))) {
            succeeded(groups(input), execution.start().minus(oldestLook));
        }
    }

    private static List<?> groups(Map<?, ?> input) {
        return input.get("autoScalingGroupNames") instanceof List<?> names
                ? names
                : List.of(input.get("autoScalingGroupName"));
    }

    private void succeeded(List<?> groups, Instant seen) {
        inServiceSince.forEach((instance, since) -> check(
                !groups.contains(groupOf.get(instance))
                        || !since.isBefore(seen)
                        || !lost.getOrDefault(instance, Instant.MIN).isBefore(seen)
                        || ledger.addresses().addressOf(instance) != null,
                instance + " is in service without an address, and Reconcile succeeded"));
    }
}
