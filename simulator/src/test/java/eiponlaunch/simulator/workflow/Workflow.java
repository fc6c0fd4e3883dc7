package eiponlaunch.simulator.workflow;

import asl.execution.Execution;
import asl.execution.HistoryEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The shipped definitions and handlers, one launch unless told otherwise, in a cloud where nothing takes time. */
final class Workflow {
    static final String INSTANCE = "i-0123456789abcdef0";
    static final String TOKEN = "87654321-4321-4321-4321-210987654321";
    static final Instant EVENT = Instant.parse("2026-01-31T12:00:00Z");

    final ScriptedFaults faults = new ScriptedFaults();
    private final List<Object> events = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();
    private CloudSettings cloud = CloudSettings.instant();
    private int launches = 1;
    private int terminations;
    private Duration over = Duration.ofSeconds(1);
    private Deployment deployment = Deployment.SHIPPED;
    private int pool = 1;
    private long seed = 1;
    private int zones = 1;
    private Consumer<Simulation> before = simulation -> {};
    Simulation simulation;

    Workflow pool(int addresses) {
        pool = addresses;
        return this;
    }

    Workflow launches(int number) {
        launches = number;
        return this;
    }

    /** The launches are spread evenly over this time. */
    Workflow over(Duration time) {
        over = time;
        return this;
    }

    Workflow terminations(int number) {
        terminations = number;
        return this;
    }

    /** With a terminating hook. */
    Workflow earlyRelease() {
        return parameter("TerminateHookNames", "disassociate-eip");
    }

    Workflow deployment(Deployment how) {
        deployment = how;
        return this;
    }

    /** Instances, and addresses if they have zones, are spread over so many of them in turn. */
    Workflow zones(int number) {
        zones = number;
        return this;
    }

    Workflow seed(long value) {
        seed = value;
        return this;
    }

    Workflow cloud(CloudSettings settings) {
        cloud = settings;
        return this;
    }

    Workflow parameter(String name, Object value) {
        parameters.put(name, value.toString());
        return this;
    }

    /** The event arrives this long after its own time. */
    Workflow late(Duration by) {
        var c = CloudSettings.instant();
        return cloud(new CloudSettings(
                c.rates(),
                c.callLatencies(),
                new Latency(by, by),
                c.transition(),
                c.warmStart(),
                c.coldStart(),
                c.lambdaConcurrency(),
                c.staleness(),
                c.termination(),
                c.payload()));
    }

    Workflow event(Consumer<ObjectNode> change) {
        return changed("launch.json", change);
    }

    Workflow terminateEvent(Consumer<ObjectNode> change) {
        return changed("instance-terminate.json", change);
    }

    private Workflow changed(String file, Consumer<ObjectNode> change) {
        var event = event(file);
        change.accept(event);
        events.add(new ObjectMapper().convertValue(event, Object.class));
        return this;
    }

    Workflow file(String name) {
        return changed(name, event -> {});
    }

    /** An event that may be any JSON. */
    Workflow anyEvent(Object event) {
        events.add(event);
        return this;
    }

    Workflow before(Consumer<Simulation> change) {
        before = change;
        return this;
    }

    /** The launching instance is in Boston's Local Zone, and the pool has an address there so long after the event. */
    static Consumer<Simulation> inBoston(Duration untilAnAddress) {
        return simulation -> {
            var ec2 = simulation.ec2();
            ec2.launch(INSTANCE, InstanceStateName.RUNNING, 1, "us-east-1-bos-1a", Map.of());
            simulation
                    .time()
                    .at(
                            EVENT.plus(untilAnAddress),
                            () -> ec2.allocate(
                                    "eipalloc-boston",
                                    "198.18.9.9",
                                    Map.of("Application", "ForwardProxy"),
                                    address -> address.networkBorderGroup("us-east-1-bos-1")));
        };
    }

    Run run() {
        try {
            if (events.isEmpty()) {
                file("launch.json");
            }
            simulation = new Simulation(SimulationSettings.of(ProjectFiles.find(), events)
                    .launches(launches)
                    .terminations(terminations)
                    .over(over)
                    .deployment(deployment)
                    .pool(pool)
                    .seed(seed)
                    .zones(zones)
                    .parameters(parameters)
                    .cloud(cloud)
                    .faults(faults)
                    .build());
            before.accept(simulation);
            var run = new Run(simulation);
            run.result = simulation.run();
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode event(String name) {
        try {
            return (ObjectNode)
                    new ObjectMapper().readTree(ProjectFiles.find().event(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What happened, as the console would show it. */
    static final class Run {
        private final Simulation simulation;
        private final List<Entry> history = new ArrayList<>();
        SimulationResult result;

        record Entry(Execution execution, HistoryEvent event) {}

        Run(Simulation simulation) {
            this.simulation = simulation;
            simulation.listenToExecutions((execution, event) -> history.add(new Entry(execution, event)));
        }

        /** The states of all EipOnLaunch executions, in the order in which they were entered. */
        List<String> states() {
            return entered("EipOnLaunch").map(e -> e.event().stateName()).toList();
        }

        List<String> statesOfStartOnce() {
            return entered("StartOnce").map(e -> e.event().stateName()).toList();
        }

        List<String> statesOfEipOnTerminate() {
            return entered("EipOnTerminate").map(e -> e.event().stateName()).toList();
        }

        /** Seconds after the event at which a state was entered, each time. */
        List<Double> secondsOf(String state) {
            return entered("EipOnLaunch")
                    .filter(e -> state.equals(e.event().stateName()))
                    .map(e -> seconds(e.event().timestamp()))
                    .toList();
        }

        /** Attempts at a task. */
        long attempts(String state) {
            return history.stream()
                    .filter(e -> e.event().type().equals("TaskScheduled"))
                    .filter(e -> state.equals(e.event().stateName()))
                    .count();
        }

        /** What the task was started with, each time. */
        List<Map<?, ?>> parameters(String state) {
            return history.stream()
                    .filter(e -> e.event().type().equals("TaskScheduled"))
                    .filter(e -> state.equals(e.event().stateName()))
                    .<Map<?, ?>>map(e -> (Map<?, ?>) ((Map<?, ?>) e.event().details()).get("parameters"))
                    .toList();
        }

        /** The errors of the attempts at a task, in their order. */
        List<Object> errors(String state) {
            return ended(state)
                    .<Object>map(e -> ((Map<?, ?>) e.event().details()).get("error"))
                    .toList();
        }

        /** Seconds from each failed attempt at a task to the next one, in whichever way the definition came to it. */
        List<Double> pauses(String state) {
            return ended(state)
                    .flatMap(failed -> history.stream()
                            .filter(e -> e.execution() == failed.execution())
                            .filter(e -> e.event().id() > failed.event().id())
                            .filter(e -> e.event().type().equals("TaskScheduled"))
                            .filter(e -> state.equals(e.event().stateName()))
                            .limit(1)
                            .map(next -> seconds(next.event().timestamp())
                                    - seconds(failed.event().timestamp())))
                    .toList();
        }

        private java.util.stream.Stream<Entry> ended(String state) {
            return history.stream()
                    .filter(e -> e.event().type().equals("TaskFailed")
                            || e.event().type().equals("TaskTimedOut"))
                    .filter(e -> state.equals(e.event().stateName()));
        }

        /** When the executions of EipOnLaunch entered a state, each execution's times together. */
        List<List<Double>> secondsOfEach(String state) {
            return executions("EipOnLaunch").stream()
                    .map(execution -> entered("EipOnLaunch")
                            .filter(e -> e.execution() == execution)
                            .filter(e -> state.equals(e.event().stateName()))
                            .map(e -> seconds(e.event().timestamp()))
                            .toList())
                    .toList();
        }

        /** The last execution of EipOnLaunch. */
        Execution execution() {
            return executions("EipOnLaunch").get(executions("EipOnLaunch").size() - 1);
        }

        Simulation simulation() {
            return simulation;
        }

        List<Execution> executions(String machine) {
            return simulation.executions().stream()
                    .filter(e -> e.stateMachineName().equals(machine))
                    .toList();
        }

        double stoppedAfterSeconds() {
            return seconds(execution().stop().orElseThrow());
        }

        long calls(String api) {
            return result.apiCalls().getOrDefault(api, 0L);
        }

        String addressOf(String instanceId) {
            return simulation.ec2().addressOf(instanceId);
        }

        private java.util.stream.Stream<Entry> entered(String machine) {
            return history.stream()
                    .filter(e -> e.execution().stateMachineName().equals(machine))
                    .filter(e -> e.event().type().endsWith("StateEntered"));
        }

        private static double seconds(Instant instant) {
            return Duration.between(EVENT, instant).toMillis() / 1000.0;
        }
    }
}
