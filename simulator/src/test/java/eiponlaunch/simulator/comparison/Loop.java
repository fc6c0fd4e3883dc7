package eiponlaunch.simulator.comparison;

import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.run.Prices;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The loop in a cloud where nothing takes time, with every call it makes and when. */
final class Loop implements Faults {
    static final String INSTANCE = "i-0123456789abcdef0";
    static final Instant EVENT = Instant.parse("2026-01-31T12:00:00Z");

    private record Call(String api, double second) {}

    private final List<Call> calls = new ArrayList<>();
    private final List<Double> invocations = new ArrayList<>();
    private final Map<String, Deque<CallFault>> nextCalls = new HashMap<>();
    private final Map<String, CallFault> everyCall = new HashMap<>();
    private final Deque<InvocationFault> nextInvocations = new ArrayDeque<>();
    private CloudSettings cloud = CloudSettings.instant();
    private Object event;
    private int launches = 1;
    private int pool = 1;
    private Consumer<Simulation> before = simulation -> {};
    Simulation simulation;
    SimulationResult result;

    Loop pool(int addresses) {
        pool = addresses;
        return this;
    }

    Loop launches(int number) {
        launches = number;
        return this;
    }

    Loop cloud(CloudSettings settings) {
        cloud = settings;
        return this;
    }

    Loop event(Object json) {
        event = json;
        return this;
    }

    Loop next(String api, CallFault... faults) {
        nextCalls.put(api, new ArrayDeque<>(List.of(faults)));
        return this;
    }

    Loop every(String api, CallFault fault) {
        everyCall.put(api, fault);
        return this;
    }

    Loop nextInvocation(InvocationFault... faults) {
        nextInvocations.addAll(List.of(faults));
        return this;
    }

    /** The event comes once more. */
    Loop deliverAgainAfter(Duration delay) {
        return before(s -> s.time().at(EVENT.plus(delay), () -> s.deliverAgain(0)));
    }

    Loop before(Consumer<Simulation> change) {
        before = change;
        return this;
    }

    Loop run() {
        try {
            var files = ProjectFiles.find();
            var events = List.of(event == null ? ProjectFiles.json(files.event("launch.json")) : event);
            simulation = new Simulation(
                    SimulationSettings.of(files, events)
                            .launches(launches)
                            .pool(pool)
                            .cloud(cloud)
                            .faults(this)
                            .build(),
                    StrategyName.ARTICLE_LOOP,
                    Prices.published());
            before.accept(simulation);
            result = simulation.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Seconds after the event at which the API was called, each time. */
    List<Double> secondsOf(String api) {
        return calls.stream()
                .filter(call -> call.api().equals(api))
                .map(Call::second)
                .toList();
    }

    /** Seconds after the event at which the function was invoked or should have been. */
    List<Double> secondsOfInvocations() {
        return invocations;
    }

    String address() {
        return simulation.ec2().addressOf(INSTANCE);
    }

    @Override
    public CallFault onCall(String api, Instant now) {
        calls.add(new Call(api, second(now)));
        var next = nextCalls.getOrDefault(api, new ArrayDeque<>()).poll();
        return next != null ? next : everyCall.getOrDefault(api, CallFault.NONE);
    }

    @Override
    public InvocationFault onInvocation(String function, Instant now) {
        invocations.add(second(now));
        var next = nextInvocations.poll();
        return next != null ? next : InvocationFault.NONE;
    }

    private static double second(Instant now) {
        return Duration.between(EVENT, now).toMillis() / 1000.0;
    }
}
