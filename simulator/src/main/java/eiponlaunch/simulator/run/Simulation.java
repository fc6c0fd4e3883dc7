package eiponlaunch.simulator.run;

import asl.execution.Execution;
import asl.execution.ExecutionObserver;
import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.articleloop.LoopSettings;
import eiponlaunch.simulator.check.Cause;
import eiponlaunch.simulator.check.Invariants;
import eiponlaunch.simulator.check.Need;
import eiponlaunch.simulator.check.Promises;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.ApiCallListener;
import eiponlaunch.simulator.world.Ec2World;
import eiponlaunch.simulator.world.LifecycleHold;
import eiponlaunch.simulator.world.LifecycleHooks;
import eiponlaunch.simulator.world.WorldListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One run: an account, a strategy that answers launch events, the launches, and the judges that watch. */
public final class Simulation {
    /** An execution that went on with its launch although an earlier ABANDON was accepted. */
    private static final String NO_ERROR = "no failed execution";

    private final SimulationSettings settings;
    private final StrategyName strategyName;
    private final Prices prices;
    private final List<HookEvent> events;
    private final Mixture mixture;
    private final Map<String, String> parameters;
    private final Account account;
    private final Strategy strategy;
    private final Instances instances;
    private final Needs needs;
    private final Counters counters;
    private final Invariants invariants;
    private final Optional<Refresh> refresh;

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
        this.mixture = settings.mixed() ? Mixture.of(new Seed(settings.seed()), events) : Mixture.NONE;
        this.parameters = mixture.parameters(settings.parameters());
        var template = SamTemplate.read(settings.files().template(), parameters);
        var time = new VirtualTime(
                firstEvent().minus(Instances.PENDING).minus(settings.cloud().staleness()));
        this.account = Account.open(template, time, settings);
        var random = account.seed().fork("launches").random();
        this.needs = new Needs(events, account.world());
        this.counters = new Counters(time);
        this.invariants = new Invariants(time, this::deadline, this::need, promises(template));
        account.listeners().add(counters);
        account.listeners().add(invariants);
        account.api().listenToDisturbances(invariants);
        this.strategy = strategies();
        var releasesEarly = strategyName == StrategyName.WORKFLOW && account.releasesEarly();
        this.instances = new Instances(settings, mixture, account, strategy, needs, releasesEarly, random);
        strategy.observe(invariants);
        this.refresh = settings.refresh().map(how -> new Refresh(how, events.get(0), instances, time));
        refresh.ifPresent(each -> {
            account.listeners().add(each);
            strategy.observe(each);
        });
    }

    private Instant deadline(LifecycleHold hold) {
        return strategy.deadline(hold);
    }

    private Optional<Need> need(LifecycleHold hold) {
        return needs.of(hold, strategy.stack(hold.group()));
    }

    /** The loop promises nothing that a judge could hold it to. */
    private Optional<Promises> promises(SamTemplate template) {
        return strategyName == StrategyName.WORKFLOW
                ? Optional.of(Promises.under(
                        settings.cloud(),
                        Duration.ofSeconds(template.intParameter("DeadlineSeconds")),
                        Duration.ofSeconds(template.intParameter("HeartbeatSeconds")),
                        Duration.ofSeconds(template.intParameter("WaitSeconds"))))
                : Optional.empty();
    }

    /** One stack, pool and strategy for each group, or one for all. */
    private Strategy strategies() throws IOException {
        if (settings.sharedPool()) {
            account.fillPool(0, settings.pool());
            fillChosenPools(account);
            mixture.fill(account, events);
            return strategy(account);
        }
        var byGroup = events.stream()
                .collect(Collectors.groupingBy(event -> settings.groups() == 1 ? groupName(0) : event.group(0)));
        var strategies = new LinkedHashMap<String, Strategy>();
        for (var group = 0; group < settings.groups(); group++) {
            var stack = group == 0 ? account : account.with(stackOf(group));
            var name = groupName(group);
            stack.fillPool(group, settings.pool());
            if (group == 0) {
                fillChosenPools(stack);
            }
            mixture.fill(stack, byGroup.getOrDefault(name, List.of()));
            strategies.put(name, strategy(stack));
        }
        return strategies.size() == 1 ? strategies.values().iterator().next() : new GroupedStrategy(strategies);
    }

    /** The pools of their own that hooks choose are as large as the stack's. */
    private void fillChosenPools(Account stack) {
        if (!settings.poolsOfHooks() || settings.mixed()) {
            return; // mixed launches have their own
        }
        var chosen = new LinkedHashSet<Map<String, String>>();
        events.forEach(event -> Needs.tags(event.detail("NotificationMetadata", ""), stack.template())
                .filter(tags -> !tags.equals(Needs.ofTheStack(stack.template())))
                .ifPresent(chosen::add));
        var number = settings.groups() * settings.pool();
        for (var tags : chosen) {
            for (var address = 0; address < settings.pool(); address++) {
                number++;
                account.world().allocate(Account.allocationId(number), Account.publicIp(number), tags);
            }
        }
    }

    private String groupName(int group) {
        return events.get(0).group(group);
    }

    private Strategy strategy(Account stack) throws IOException {
        return strategyName == StrategyName.WORKFLOW
                ? new Workflow(stack, settings.files(), settings.deployment())
                : new ArticleLoop(stack, LoopSettings.ofTheArticle());
    }

    private SamTemplate stackOf(int group) {
        var ofThisStack = new HashMap<>(parameters);
        ofThisStack.put("EipTagValue", account.template().parameter("EipTagValue") + "-" + group);
        return account.template().with(ofThisStack);
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

    /** How many launches a run has that goes well. */
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

    /** Delivers the events and runs until nothing happens any more. */
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
                counters.launches(),
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
                invariants.violations(),
                strategyName.toString(),
                counters.expired(),
                counted(invariants.abandonedByCause()),
                counted(invariants.lostByCause()),
                abandonedByError(),
                strategy.invocations(),
                strategy.billedMillis(),
                strategy.memoryMegabytes(),
                gbSeconds,
                account.api().throttled(),
                counters.secondsToContinue(),
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
