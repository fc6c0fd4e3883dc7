package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.Execution;
import asl.execution.HistoryEvent;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Instances that run since long before, and executions of Reconcile for them. The launch that every simulation has is over
 * by then unless told otherwise; it is of another group and takes an address of the pool's beginning.
 */
final class ReconcileRun {
    static final String GROUP = "old-proxies";
    private static final Map<String, String> TAGS = Map.of("aws:autoscaling:groupName", GROUP, "Role", "proxy");

    final ScriptedFaults faults;
    final List<Execution> executions = new ArrayList<>();
    final List<HistoryEvent> events = new ArrayList<>();
    private final Map<String, List<HistoryEvent>> eventsByExecution = new HashMap<>();
    private final Workflow workflow = new Workflow();
    private final List<Consumer<Simulation>> later = new ArrayList<>();
    private final List<String> instances;
    private boolean launchedInReverse;
    Workflow.Run run;

    /** So many instances of the group, and so many addresses that are free when the launch is over. */
    ReconcileRun(int instances, int free) {
        this.instances = IntStream.rangeClosed(1, instances)
                .mapToObj(ReconcileRun::instance)
                .toList();
        faults = workflow.faults;
        workflow.pool(free + 1);
    }

    static String instance(int number) {
        return String.format("i-%017x", (1L << 32) + number);
    }

    ReconcileRun with(Consumer<Workflow> settings) {
        settings.accept(workflow);
        return this;
    }

    ReconcileRun seed(long seed) {
        workflow.seed(seed);
        return this;
    }

    ReconcileRun cloud(CloudSettings cloud) {
        workflow.cloud(cloud);
        return this;
    }

    /** Auto Scaling lists the instances in the order in which they were launched. */
    ReconcileRun launchedInReverse() {
        launchedInReverse = true;
        return this;
    }

    /** Something happens so long after the launch event. */
    ReconcileRun at(Duration time, Consumer<Simulation> event) {
        later.add(simulation -> simulation.time().at(Workflow.EVENT.plus(time), () -> event.accept(simulation)));
        return this;
    }

    ReconcileRun start(Duration time, Object input) {
        var name = "run-" + later.size();
        return at(time, simulation -> executions.add(simulation.startExecution("Reconcile", name, input)));
    }

    /** An hour after the launch. */
    ReconcileRun start(Object input) {
        return start(Duration.ofHours(1), input);
    }

    static Map<String, Object> input(boolean dryRun) {
        var input = new LinkedHashMap<String, Object>();
        input.put("autoScalingGroupName", GROUP);
        input.put("dryRun", dryRun);
        return input;
    }

    ReconcileRun run() {
        workflow.before(simulation -> {
            var launched = new ArrayList<>(instances);
            if (launchedInReverse) {
                Collections.reverse(launched);
            }
            launched.forEach(id -> simulation.ec2().launch(id, InstanceStateName.RUNNING, 1, TAGS));
            simulation.listenToExecutions((execution, event) -> {
                if (execution.stateMachineName().equals("Reconcile")) {
                    events.add(event);
                    eventsByExecution
                            .computeIfAbsent(execution.arn(), arn -> new ArrayList<>())
                            .add(event);
                }
            });
            later.forEach(event -> event.accept(simulation));
        });
        run = workflow.run();
        return this;
    }

    List<HistoryEvent> eventsOf(Execution execution) {
        return eventsByExecution.getOrDefault(execution.arn(), List.of());
    }

    /** How many functions an execution called. */
    long invocationsOf(Execution execution) {
        return eventsOf(execution).stream()
                .filter(event -> event.type().equals("TaskSucceeded"))
                .count();
    }

    Execution only() {
        if (executions.size() != 1) {
            throw new IllegalStateException(executions.size() + " executions");
        }
        return executions.get(0);
    }

    List<String> addresses() {
        return instances.stream().map(run::addressOf).toList();
    }

    /** What FindFreeEip answered last. */
    Map<?, ?> lastFound() {
        return details("TaskSucceeded", "FindFreeEip")
                .map(details -> (Map<?, ?>) ((Map<?, ?>) details.get("output")).get("Payload"))
                .reduce((before, last) -> last)
                .orElseThrow();
    }

    /** The tokens of the events that the functions were given. */
    List<Object> tokens() {
        return Stream.of("FindFreeEip", "AssociateEip")
                .flatMap(state -> details("TaskScheduled", state))
                .map(details -> (Map<?, ?>) ((Map<?, ?>) details.get("parameters")).get("Payload"))
                .map(payload -> (Map<?, ?>) ((Map<?, ?>) payload.get("event")).get("detail"))
                .<Object>map(detail -> detail.get("LifecycleActionToken"))
                .toList();
    }

    private Stream<Map<?, ?>> details(String type, String state) {
        return events.stream()
                .filter(event -> event.type().equals(type) && state.equals(event.stateName()))
                .map(event -> (Map<?, ?>) event.details());
    }

    /** How many instances came to this, as the output of an execution counts them. */
    static int count(Execution execution, String what) {
        return (Integer) ((Map<?, ?>) ((Map<?, ?>) execution.output()).get("counts")).get(what);
    }

    /** The output's instances. */
    static List<Map<?, ?>> instances(Execution execution) {
        return ((List<?>) ((Map<?, ?>) execution.output()).get("instances"))
                .stream().<Map<?, ?>>map(instance -> (Map<?, ?>) instance).toList();
    }

    /** So many instances in service; the first ones have an address, and so many addresses are free or theirs. */
    static ReconcileRun serving(int instances, int held, int pool) {
        var reconcile = new ReconcileRun(instances, pool);
        return reconcile.at(Duration.ofMinutes(30), simulation -> {
            for (var number = 1; number <= held; number++) {
                simulation.ec2().associate(allocation(number + 1), instance(number), false);
            }
        });
    }

    static String allocation(int number) {
        return String.format("eipalloc-%017x", number);
    }

    static String free(Function<String, Address> address, int number) {
        assertThat(address.apply(allocation(number)).associationId()).isNull();
        return allocation(number);
    }

    static void assertHolds(ReconcileRun reconcile) {
        assertThat(reconcile.run.result.violations()).isEmpty();
    }
}
