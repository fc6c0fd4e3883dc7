package eiponlaunch.simulator.run;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.invariants.Cause;
import eiponlaunch.simulator.invariants.Invariants;
import eiponlaunch.simulator.invariants.Need;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.ApiCallListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import eiponlaunch.simulator.world.autoscaling.LifecycleHooks;
import eiponlaunch.simulator.world.ec2.Ec2World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One run: an account, a strategy that answers launch events, the launches, and the rules that watch. */
public final class Simulation {
    /** An execution that went on with its launch although an earlier ABANDON was accepted. */
    private static final String NO_ERROR = "no failed execution";

    private final SimulationSettings settings;
    private final Prices prices;
    private final List<HookEvent> events;
    private final Account account;
    private final Strategy strategy;
    private final Instances instances;
    private final Needs needs;
    private final Counters counters;
    private final Invariants invariants;
    private final Optional<Refresh> refresh;

    /** The shipped workflow at the prices that AWS publishes. */
    public Simulation(SimulationSettings settings) throws IOException {
        this(settings, Workflow::new, Prices.published());
    }

    /** @throws IOException when one of the project's files cannot be read */
    public Simulation(SimulationSettings settings, Strategy.Deployer deployer, Prices prices) throws IOException {
        this.settings = settings;
        this.prices = prices;
        this.events = events(settings);
        var mixture = settings.mixed() ? Mixture.of(new Seed(settings.seed()), events) : Mixture.NONE;
        var parameters = mixture.parameters(settings.parameters());
        var time = new VirtualTime(
                firstEvent().minus(Instances.PENDING).minus(settings.cloud().staleness()));
        this.account = Account.open(SamTemplate.read(settings.files().template(), parameters), time, settings);
        var stacks = new Stacks(settings, events, mixture, account, parameters);
        this.strategy = stacks.deploy(deployer);
        this.needs = new Needs(events, account.world());
        this.counters = new Counters(time);
        this.invariants = new Invariants(time, this::deadline, this::need, strategy.promises());
        listen(counters);
        listen(invariants);
        listenToCalls(counters);
        listenToCalls(invariants);
        account.api().listenToDisturbances(invariants);
        stacks.fillPools();
        var random = account.seed().fork("launches").random();
        this.instances = new Instances(settings, mixture, account, strategy, needs, random);
        listenToExecutions(invariants);
        this.refresh = settings.refresh().map(how -> new Refresh(how, events.get(0), instances, time));
        refresh.ifPresent(each -> {
            listen(each);
            listenToExecutions(each);
        });
    }

    private Instant deadline(LifecycleHold hold) {
        return strategy.deadline(hold);
    }

    private Optional<Need> need(LifecycleHold hold) {
        return needs.of(hold, strategy.stack(hold.group()));
    }

    /** Shows every event of every execution, as it happens, to {@code listener}. */
    public void listenToExecutions(ExecutionListener listener) {
        strategy.listen(listener);
    }

    /** Shows every change of the simulated AWS, as it happens, to {@code listener}. */
    public void listen(WorldListener listener) {
        account.listeners().add(listener);
    }

    /** Shows every API call, as it ends, to {@code listener}. */
    public void listenToCalls(ApiCallListener listener) {
        account.api().listen(listener);
    }

    /** EC2 from outside, for a test that makes something happen there. */
    public Ec2World ec2() {
        return account.world();
    }

    /** The instances that wait in their hook. */
    public LifecycleHooks hooks() {
        return account.hooks();
    }

    public VirtualTime time() {
        return account.time();
    }

    public List<Execution> executions() {
        return strategy.executions();
    }

    /** An operator starts a state machine, now. */
    public Execution startExecution(String stateMachine, String name, Object input) {
        return strategy.startExecution(stateMachine, name, input);
    }

    /** How many launches a run without failures has. */
    public int expectedLaunches() {
        return settings.refresh().map(RefreshSettings::size).orElse(events.size());
    }

    /** What the launches came to so far, in one line; may be asked from another thread. */
    public String tally() {
        return "launches " + counters.launches() + ": " + counters.continued() + " continued, " + counters.abandoned()
                + " abandoned, " + counters.expired() + " lost";
    }

    /** What became of the instance refresh, if there was one. */
    public Optional<RefreshResult> refreshed() {
        return refresh.map(each -> each.result(settings.pool()));
    }

    /** When the first event's lifecycle action begins: the zero of a timeline. */
    public Instant firstEvent() {
        return events.stream().map(HookEvent::begins).min(Instant::compareTo).orElseThrow();
    }

    /** Delivers an event once more, now. */
    public void deliverAgain(int event) {
        instances.deliver(events.get(event));
    }

    /** Delivers the events and runs until nothing is left to happen. */
    public SimulationResult run() {
        if (refresh.isPresent()) {
            refresh.get().start();
        } else {
            instances.startServing(events);
            events.forEach(instances::schedule);
        }
        time().runUntilIdle();
        invariants.checkEnd();
        return result();
    }

    private static List<HookEvent> events(SimulationSettings settings) {
        var events = new ArrayList<HookEvent>();
        settings.events().forEach(event -> events.add(HookEvent.of(event)));
        var first = events.get(0);
        for (var number = 1; number < settings.launches(); number++) {
            events.add(first.another(
                    number,
                    number % settings.groups(),
                    first.begins().plusMillis(settings.over().toMillis() * number / settings.launches())));
        }
        return events;
    }

    private SimulationResult result() {
        var lastEnd = strategy.lastEnd();
        var gbSeconds = strategy.billedMillis() / 1000.0 * strategy.memoryMegabytes() / 1024;
        return new SimulationResult(
                strategy.name(),
                counters.launches(),
                counters.continued(),
                counters.abandoned(),
                counters.expired(),
                abandonedByError(),
                counted(invariants.abandonedByCause()),
                counted(invariants.lostByCause()),
                strategy.failedByError(),
                counters.secondsToContinue(),
                counters.lastContinue() == null ? null : seconds(counters.lastContinue()),
                lastEnd == null ? 0 : seconds(lastEnd),
                invariants.violations(),
                account.api().calls(),
                counters.conflicts(),
                account.api().throttled().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                account.api().throttled(),
                strategy.transitions(),
                strategy.invocations(),
                strategy.billedMillis(),
                strategy.memoryMegabytes(),
                gbSeconds,
                prices.dollars(
                        strategy.invocations(),
                        gbSeconds,
                        account.template().parameter("Architecture"),
                        strategy.transitions()));
    }

    /** By the error of the execution that failed for the same action. */
    private Map<String, Integer> abandonedByError() {
        var errors = new HashMap<String, String>();
        for (var execution : strategy.executions()) {
            if (execution.error().isPresent()) {
                errors.put(
                        HookEvent.of(execution.input()).token(),
                        execution.error().get());
            }
        }
        var counted = new TreeMap<String, Integer>();
        counters.abandonedTokens()
                .forEach(token -> counted.merge(errors.getOrDefault(token, NO_ERROR), 1, Integer::sum));
        return counted;
    }

    private static Map<String, Integer> counted(Map<Cause, Integer> causes) {
        var counted = new TreeMap<String, Integer>();
        causes.forEach((cause, count) -> counted.put(cause.toString(), count));
        return counted;
    }

    private double seconds(Instant instant) {
        return Duration.between(firstEvent(), instant).toMillis() / 1000.0;
    }
}
