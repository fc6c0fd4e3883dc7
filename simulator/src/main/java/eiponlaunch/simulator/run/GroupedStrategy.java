package eiponlaunch.simulator.run;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import eiponlaunch.simulator.invariants.Promises;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** A stack for each Auto Scaling group; an event goes to the stack of its group, as the rules with a group's name do. */
final class GroupedStrategy implements Strategy {
    private final Map<String, Strategy> byGroup;
    private final Strategy first;

    /** @param byGroup at least one; an event of no known group goes to the first */
    GroupedStrategy(Map<String, Strategy> byGroup) {
        this.byGroup = byGroup;
        this.first = byGroup.values().iterator().next();
    }

    @Override
    public String name() {
        return first.name();
    }

    @Override
    public Optional<Promises> promises() {
        return first.promises();
    }

    @Override
    public boolean releasesEarly() {
        return first.releasesEarly();
    }

    @Override
    public void onEvent(Object event, String delivery) {
        of(HookEvent.detail(event, "AutoScalingGroupName", "")).onEvent(event, delivery);
    }

    @Override
    public Execution startExecution(String stateMachine, String name, Object input) {
        var group = input instanceof Map<?, ?> fields ? fields.get("autoScalingGroupName") : null;
        return of(String.valueOf(group)).startExecution(stateMachine, name, input);
    }

    private Strategy of(String group) {
        return byGroup.getOrDefault(group, first);
    }

    @Override
    public void listen(ExecutionListener listener) {
        byGroup.values().forEach(strategy -> strategy.listen(listener));
    }

    @Override
    public List<Execution> executions() {
        return byGroup.values().stream()
                .map(Strategy::executions)
                .flatMap(Collection::stream)
                .toList();
    }

    @Override
    public Map<String, Integer> failedByError() {
        var failed = new TreeMap<String, Integer>();
        byGroup.values()
                .forEach(strategy ->
                        strategy.failedByError().forEach((error, count) -> failed.merge(error, count, Integer::sum)));
        return failed;
    }

    @Override
    public long transitions() {
        return sum(Strategy::transitions);
    }

    @Override
    public long invocations() {
        return sum(Strategy::invocations);
    }

    @Override
    public long billedMillis() {
        return sum(Strategy::billedMillis);
    }

    @Override
    public int memoryMegabytes() {
        return first.memoryMegabytes();
    }

    @Override
    public Instant deadline(LifecycleHold hold) {
        return of(hold.group()).deadline(hold);
    }

    @Override
    public SamTemplate stack(String group) {
        return of(group).stack(group);
    }

    @Override
    public Instant lastEnd() {
        return byGroup.values().stream()
                .map(Strategy::lastEnd)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private long sum(ToLongFunction<Strategy> figure) {
        return byGroup.values().stream().mapToLong(figure).sum();
    }
}
