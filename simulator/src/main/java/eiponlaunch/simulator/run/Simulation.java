package eiponlaunch.simulator.run;

import eiponlaunch.simulator.articleloop.LoopSettings;
import eiponlaunch.simulator.check.Invariants;
import eiponlaunch.simulator.engine.Execution;
import eiponlaunch.simulator.engine.ExecutionObserver;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.time.VirtualTime;
import eiponlaunch.simulator.world.ApiCallListener;
import eiponlaunch.simulator.world.Ec2World;
import eiponlaunch.simulator.world.LaunchFaults;
import eiponlaunch.simulator.world.LifecycleHold;
import eiponlaunch.simulator.world.LifecycleHooks;
import eiponlaunch.simulator.world.WorldListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** One run: an account, a strategy that answers launch events, the launches, and the judges that watch. */
public final class Simulation {
    /** From an instance's start until its lifecycle event: EC2 shows it as pending, then running, before the event comes. */
    private static final Duration PENDING = Duration.ofSeconds(8);

    private static final Duration RUNNING = Duration.ofSeconds(2);

    /** For how long the instances that are there at the start have been running. */
    private static final Duration SERVING = Duration.ofHours(6);

    /** The terminating hook's heartbeat timeout, as README.md has it. */
    private static final Duration TERMINATING_HEARTBEAT = Duration.ofSeconds(300);

    private final SimulationSettings settings;
    private final StrategyName strategyName;
    private final Prices prices;
    private final List<HookEvent> events;
    private final Account account;
    private final Strategy strategy;
    private final boolean releasesEarly;
    private final Counters counters;
    private final Invariants invariants;
    private final SplittableRandom random;

    /** The shipped workflow at the prices that AWS publishes. */
    public Simulation(SimulationSettings settings) throws IOException {
        this(settings, StrategyName.WORKFLOW, Prices.published());
    }

    /** @throws IOException when one of the project's files cannot be read */
    public Simulation(SimulationSettings settings, StrategyName strategyName, Prices prices) throws IOException {
        this.settings = settings;
        this.strategyName = strategyName;
        this.prices = prices;
        this.events = events(settings);
        var template = SamTemplate.read(settings.files().template(), settings.parameters());
        var time = new VirtualTime(firstEvent().minus(PENDING));
        this.account = Account.open(template, time, settings);
        this.random = account.seed().fork("launches").random();
        this.strategy = strategies();
        this.releasesEarly = strategyName == StrategyName.WORKFLOW && account.releasesEarly();
        this.counters = new Counters(time);
        this.invariants = new Invariants(time, strategy::deadline);
        account.listeners().add(counters);
        account.listeners().add(invariants);
        strategy.observe(invariants);
    }

    /** One stack, pool and strategy for each group, or one for all. */
    private Strategy strategies() throws IOException {
        if (settings.sharedPool()) {
            fillPool(account, 0);
            return strategy(account);
        }
        var strategies = new LinkedHashMap<String, Strategy>();
        for (var group = 0; group < settings.groups(); group++) {
            var stack = group == 0 ? account : account.with(stackOf(group));
            fillPool(stack, group);
            strategies.put(events.get(0).group(group), strategy(stack));
        }
        return strategies.size() == 1 ? strategies.values().iterator().next() : new GroupedStrategy(strategies);
    }

    private Strategy strategy(Account stack) throws IOException {
        return strategyName == StrategyName.WORKFLOW
                ? new Workflow(stack, settings.files(), settings.deployment())
                : new ArticleLoop(stack, LoopSettings.ofTheArticle());
    }

    private SamTemplate stackOf(int group) throws IOException {
        var parameters = new HashMap<>(settings.parameters());
        parameters.put("EipTagValue", account.template().parameter("EipTagValue") + "-" + group);
        return SamTemplate.read(settings.files().template(), parameters);
    }

    /** Shows every event of every execution, as it happens, to {@code observer}. */
    public void observe(ExecutionObserver observer) {
        strategy.observe(observer);
    }

    /** Shows every change of the simulated AWS, as it happens, to {@code listener}. */
    public void listen(WorldListener listener) {
        account.listeners().add(listener);
    }

    /** Shows every API call, as it ends, to {@code listener}. */
    public void listenToCalls(ApiCallListener listener) {
        account.api().listen(listener);
    }

    /** EC2 from outside, for a test that wants something to happen there. */
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

    /** When the first event's lifecycle action begins: the zero of a timeline. */
    public Instant firstEvent() {
        return events.stream().map(HookEvent::begins).min(Instant::compareTo).orElseThrow();
    }

    /** Delivers an event once more, now. */
    public void deliverAgain(int event) {
        deliver(events.get(event));
    }

    /** Delivers the events and runs until nothing happens any more. */
    public SimulationResult run() {
        var start = System.nanoTime();
        startServing();
        events.forEach(this::schedule);
        time().runUntilIdle();
        invariants.checkEnd(ec2());
        return result((System.nanoTime() - start) / 1_000_000);
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

    /** The instances that are there before the first launch, and what becomes of them. */
    private void startServing() {
        var first = events.get(0);
        var serving = new ArrayList<HookEvent>();
        for (var number = 1; number <= settings.terminations(); number++) {
            var termination = first.terminationOfServing(number, account.terminateHook(), first.begins());
            time().at(termination.begins(), () -> terminate(termination));
            serving.add(termination);
        }
        events.stream()
                .filter(HookEvent::isTermination)
                .filter(termination -> events.stream().noneMatch(launch -> launch.isLaunchBefore(termination)))
                .forEach(serving::add);
        for (var number = 1; number <= serving.size(); number++) {
            var instanceId = serving.get(number - 1).instanceId();
            ec2().serves(instanceId, SERVING, account.instanceTags(first.group(0)));
            if (number <= settings.pool()) {
                ec2().associate(allocationId(number), instanceId, false);
            }
        }
    }

    private void schedule(HookEvent event) {
        if (event.isTermination()) {
            time().at(event.begins(), () -> terminate(event));
        } else {
            scheduleLaunch(event);
        }
    }

    private void scheduleLaunch(HookEvent launch) {
        var instanceId = launch.instanceId();
        var group = launch.group(0);
        var faults = settings.faults().onLaunch();
        time().at(launch.begins().minus(PENDING), () -> launchInstance(instanceId, group));
        time().at(launch.begins(), () -> {
            hooks().hold(new LifecycleHold(
                    group,
                    launch.detail("LifecycleHookName", "associate-eip"),
                    launch.token(),
                    instanceId,
                    launch.begins().plusSeconds(account.template().intParameter("HeartbeatSeconds")),
                    launch.toWarmPool(),
                    false));
            time().after(settings.cloud().eventDelivery().sample(random).plus(faults.lateBy()), () -> deliver(launch));
            faults.terminatedAfter()
                    .ifPresent(after -> time().after(
                                    after, () -> terminate(launch.termination(account.terminateHook(), time().now()))));
            happen(faults, launch);
        });
    }

    /** With early release the terminating hook holds the instance first; without, there is no such hook. */
    private void terminate(HookEvent termination) {
        if (!releasesEarly) {
            ec2().terminate(termination.instanceId());
            return;
        }
        if (!ec2().isAlive(termination.instanceId())) {
            return;
        }
        hooks().hold(new LifecycleHold(
                termination.group(0),
                termination.detail("LifecycleHookName", account.terminateHook()),
                termination.token(),
                termination.instanceId(),
                time().now().plus(TERMINATING_HEARTBEAT),
                termination.toWarmPool(),
                true));
        var faults = settings.faults().onTermination();
        time().after(settings.cloud().eventDelivery().sample(random).plus(faults.lateBy()), () -> deliver(termination));
        happen(faults, termination);
    }

    private void happen(LaunchFaults faults, HookEvent event) {
        faults.duplicateAfter().ifPresent(after -> time().after(after, () -> deliver(event)));
        faults.expiredAfter().ifPresent(after -> time().after(after, () -> hooks().expire(event.token())));
        faults.releasedAfter().ifPresent(after -> time().after(after, this::releaseAnAddress));
        faults.stolenAfter()
                .ifPresent(after -> time().after(
                                after,
                                () -> (event.isTermination() ? addressOf(event.instanceId()) : anyAddress())
                                        .ifPresent(this::steal)));
    }

    private Optional<String> addressOf(String instanceId) {
        return Optional.ofNullable(ec2().addressOf(instanceId));
    }

    private void launchInstance(String instanceId, String group) {
        if (ec2().instance(instanceId) == null) {
            hooks().expect(instanceId);
            ec2().launch(instanceId, InstanceStateName.PENDING, 1, account.instanceTags(group));
            time().after(PENDING.minus(RUNNING), () -> {
                if (ec2().instance(instanceId).state().name() == InstanceStateName.PENDING) {
                    ec2().setState(instanceId, InstanceStateName.RUNNING);
                }
            });
        } else if (ec2().instance(instanceId).state().name() == InstanceStateName.STOPPED) {
            ec2().setState(instanceId, InstanceStateName.RUNNING); // it leaves the warm pool
        }
    }

    private void deliver(HookEvent event) {
        var id = event.eventId().matches("[0-9A-Za-z-]{1,60}") ? event.eventId() : "event";
        strategy.onEvent(event.event(), id + "_" + random.nextInt(1 << 30));
    }

    private void releaseAnAddress() {
        anyAddress().ifPresent(ec2()::release);
    }

    private void steal(String address) {
        var stranger = String.format("i-%017x", (1L << 60) + random.nextInt(1 << 30));
        ec2().launch(stranger, InstanceStateName.RUNNING, 1, Map.of());
        ec2().associate(address, stranger, false);
    }

    private Optional<String> anyAddress() {
        var address = settings.pool() == 0 ? null : allocationId(1 + random.nextInt(settings.pool()));
        return Optional.ofNullable(address).filter(id -> ec2().address(id) != null);
    }

    private static String allocationId(int number) {
        return String.format("eipalloc-%017x", number);
    }

    private void fillPool(Account stack, int group) {
        for (var number = group * settings.pool() + 1; number <= (group + 1) * settings.pool(); number++) {
            // 198.18.0.0/15 is set aside for benchmarks (RFC 2544)
            var publicIp = "198." + (18 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
            ec2().allocate(allocationId(number), publicIp, stack.pool().tags());
        }
    }

    private SimulationResult result(long wallMillis) {
        var lastEnd = strategy.lastEnd();
        var gbSeconds = strategy.billedMillis() / 1000.0 * strategy.memoryMegabytes() / 1024;
        return new SimulationResult(
                (int) events.stream().filter(event -> !event.isTermination()).count(),
                counters.continued(),
                counters.abandoned(),
                strategy.failedByError(),
                account.api().calls(),
                counters.conflicts(),
                account.api().throttled().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                strategy.transitions(),
                counters.lastContinue() == null ? null : seconds(counters.lastContinue()),
                lastEnd == null ? 0 : seconds(lastEnd),
                wallMillis,
                invariants.violations(),
                strategyName.toString(),
                counters.expired(),
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

    private double seconds(Instant instant) {
        return Duration.between(firstEvent(), instant).toMillis() / 1000.0;
    }
}
