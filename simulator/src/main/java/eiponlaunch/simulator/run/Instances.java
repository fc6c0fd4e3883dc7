package eiponlaunch.simulator.run;

import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.LaunchFaults;
import eiponlaunch.simulator.world.api.Fields;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import eiponlaunch.simulator.world.autoscaling.LifecycleHooks;
import eiponlaunch.simulator.world.ec2.Ec2World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** What becomes of the groups' instances: they serve, launch and terminate, and faults happen to them. */
final class Instances {
    /** From an instance's start until its lifecycle event: EC2 shows it as pending, then running, before the event comes. */
    static final Duration PENDING = Duration.ofSeconds(8);

    private static final Duration RUNNING = Duration.ofSeconds(2);

    /** Of an event, for the name of its execution. */
    private static final Pattern USABLE_ID = Pattern.compile("[0-9A-Za-z-]{1,60}");

    /** For how long the instances that are there at the start have been running. */
    private static final Duration SERVING = Duration.ofHours(6);

    private final SimulationSettings settings;
    private final Mixture mixture;
    private final Account account;
    private final Ec2World world;
    private final LifecycleHooks hooks;
    private final VirtualTime time;
    private final Strategy strategy;
    private final Needs needs;
    private final SplittableRandom random;
    private final Set<String> held = new HashSet<>();
    private final Set<String> launched = new HashSet<>();
    private int launches;

    Instances(
            SimulationSettings settings,
            Mixture mixture,
            Account account,
            Strategy strategy,
            Needs needs,
            SplittableRandom random) {
        this.settings = settings;
        this.mixture = mixture;
        this.account = account;
        this.world = account.world();
        this.hooks = account.hooks();
        this.time = account.time();
        this.strategy = strategy;
        this.needs = needs;
        this.random = random;
    }

    /** The instances that are there before the first launch, and what becomes of them. */
    void startServing(List<HookEvent> events) {
        var first = events.get(0);
        var serving = new ArrayList<HookEvent>();
        for (var number = 1; number <= settings.terminations(); number++) {
            var termination = mixture.termination(
                    first.terminationOfServing(number, account.terminateHook(), first.begins()), number);
            time.at(termination.begins(), () -> terminate(termination));
            serving.add(termination);
        }
        events.stream()
                .filter(HookEvent::isTermination)
                .filter(termination -> events.stream().noneMatch(launch -> launch.isLaunchBefore(termination)))
                .forEach(serving::add);
        for (var number = 1; number <= serving.size(); number++) {
            var instanceId = serving.get(number - 1).instanceId();
            world.serves(
                    instanceId, SERVING, Account.zone(number, settings.zones()), account.instanceTags(first.group(0)));
            if (number <= settings.pool()) {
                world.associate(Account.allocationId(number), instanceId, false);
            }
        }
        serveWithoutAddress(first);
    }

    /** Instances of the launch's group that are there before it, each with an address, and how each would terminate. */
    List<HookEvent> serve(HookEvent launch, int count) {
        var serving = new ArrayList<HookEvent>();
        for (var number = 1; number <= count; number++) {
            var termination = launch.terminationOfServing(number, account.terminateHook(), launch.begins());
            world.serves(
                    termination.instanceId(),
                    SERVING,
                    Account.zone(number, settings.zones()),
                    account.instanceTags(launch.group(0)));
            world.associate(Account.allocationId(number), termination.instanceId(), false);
            serving.add(termination);
        }
        return serving;
    }

    private void serveWithoutAddress(HookEvent first) {
        for (var number = 1; number <= mixture.served(); number++) {
            world.serves(
                    HookEvent.serving(settings.terminations() + number), SERVING, account.instanceTags(first.group(0)));
        }
        for (var run : mixture.reconciles()) {
            var input = Fields.of("autoScalingGroupName", first.group(0), "dryRun", run.dryRun());
            var name = "run-after-" + run.after().toMillis();
            time.at(first.begins().plus(run.after()), () -> strategy.startExecution("Reconcile", name, input));
        }
        for (var stranger : mixture.strangers()) {
            time.at(first.begins().plus(stranger.after()), () -> disassociate(stranger.number()));
        }
    }

    private void disassociate(int number) {
        IntStream.range(0, settings.pool())
                .mapToObj(next -> Account.allocationId(1 + (number + next) % settings.pool()))
                .filter(this::isHeldInService)
                .findFirst()
                .ifPresent(address -> world.disassociate(address, false));
    }

    private boolean isHeldInService(String allocationId) {
        var address = world.address(allocationId);
        var holder = address == null ? null : address.instanceId();
        return holder != null && world.isAlive(holder) && !hooks.isLaunching(holder) && !hooks.isTerminating(holder);
    }

    /** Its instance launches or terminates at the event's own time. */
    void schedule(HookEvent event) {
        if (event.isTermination()) {
            time.at(event.begins(), () -> terminate(event));
        } else {
            scheduleLaunch(event);
        }
    }

    private void scheduleLaunch(HookEvent launch) {
        if (!held.add(launch.token())) { // another delivery of the same action
            time.at(launch.begins(), () -> deliver(launch));
            return;
        }
        var instanceId = launch.instanceId();
        var group = launch.group(0);
        if (launched.add(instanceId) && launch.leavesWarmPool() && world.instance(instanceId) == null) {
            world.serves(instanceId, SERVING, account.instanceTags(group)); // it came into its warm pool before the run
            hooks.enterWarmPool(instanceId);
        }
        var faults = account.faults().onLaunch();
        time.at(launch.begins().minus(PENDING), () -> launchInstance(launch, group));
        time.at(launch.begins(), () -> {
            if (launch.leavesWarmPool() && !hasLeftWarmPool(instanceId)) {
                return; // it never came into the warm pool, or is leaving it the other way
            }
            hooks.hold(new LifecycleHold(
                    group,
                    launch.detail("LifecycleHookName", "associate-eip"),
                    launch.token(),
                    instanceId,
                    launch.begins().plusSeconds(account.template().intParameter("HeartbeatSeconds")),
                    launch.toWarmPool(),
                    false,
                    false));
            time.after(account.cloud().eventDelivery().sample(random).plus(faults.lateBy()), () -> deliver(launch));
            faults.terminatedAfter()
                    .ifPresent(after -> time.after(
                            after, () -> terminate(launch.termination(account.terminateHook(), time.now()))));
            happen(faults, launch);
        });
    }

    /** A running instance leaves its warm pool now. One that was stopped has left it to start. */
    private boolean hasLeftWarmPool(String instanceId) {
        if (waitsInWarmPool(instanceId) && world.isAlive(instanceId)) {
            hooks.expectFromWarmPool(instanceId);
        }
        return !hooks.isInWarmPool(instanceId)
                && hooks.isLaunching(instanceId)
                && world.exists(instanceId)
                && !hooks.isTerminating(instanceId);
    }

    private boolean waitsInWarmPool(String instanceId) {
        return hooks.isInWarmPool(instanceId)
                && world.exists(instanceId)
                && !hooks.isLaunching(instanceId)
                && !hooks.isTerminating(instanceId)
                && !hooks.isRetained(instanceId);
    }

    /** With early release the terminating hook holds the instance first; without, there is no such hook. */
    void terminate(HookEvent event) {
        if (!world.exists(event.instanceId()) || hooks.isRetained(event.instanceId())) {
            return;
        }
        if (!strategy.releasesEarly()) {
            if (event.toWarmPool()) {
                hooks.enterWarmPool(event.instanceId());
            } else if (!event.staysInService()) {
                world.terminate(event.instanceId());
            }
            return;
        }
        var termination = hooks.isInWarmPool(event.instanceId()) ? event.with("Origin", "WarmPool") : event;
        needs.add(termination);
        hooks.hold(new LifecycleHold(
                termination.group(0),
                termination.detail("LifecycleHookName", account.terminateHook()),
                termination.token(),
                termination.instanceId(),
                time.now().plusSeconds(account.template().intParameter("TerminateHeartbeatSeconds")),
                termination.toWarmPool(),
                true,
                termination.staysInService()));
        var faults = account.faults().onTermination();
        time.after(account.cloud().eventDelivery().sample(random).plus(faults.lateBy()), () -> deliver(termination));
        happen(faults, termination);
    }

    private void happen(LaunchFaults faults, HookEvent event) {
        faults.duplicateAfter().ifPresent(after -> time.after(after, () -> deliver(event)));
        faults.expiredAfter().ifPresent(after -> time.after(after, () -> hooks.expire(event.token())));
        faults.releasedAfter().ifPresent(after -> time.after(after, this::releaseAnAddress));
        faults.stolenAfter()
                .ifPresent(after -> time.after(
                        after,
                        () -> (event.isTermination() ? addressOf(event.instanceId()) : anyAddress())
                                .ifPresent(this::steal)));
    }

    private Optional<String> addressOf(String instanceId) {
        return Optional.ofNullable(world.addressOf(instanceId));
    }

    private void launchInstance(HookEvent launch, String group) {
        var instanceId = launch.instanceId();
        if (launch.leavesWarmPool()) {
            if (waitsInWarmPool(instanceId) && !world.isAlive(instanceId)) {
                hooks.expectFromWarmPool(instanceId);
                world.start(instanceId);
                runAfter(PENDING.minus(RUNNING), instanceId);
            }
        } else if (world.instance(instanceId) == null) {
            hooks.expect(instanceId, launch.toWarmPool());
            var kind = mixture.kind(instanceId);
            var unknown = account.faults().unknownFor(instanceId);
            world.knowFrom(instanceId, time.now().plus(unknown));
            world.launch(
                    instanceId,
                    InstanceStateName.PENDING,
                    kind.interfaces(),
                    settings.zones() > 1 ? Account.zone(++launches, settings.zones()) : kind.zone(),
                    account.instanceTags(group));
            runAfter(PENDING.minus(RUNNING).plus(kind.pendingFor()), instanceId);
        }
    }

    private void runAfter(Duration pending, String instanceId) {
        time.after(pending, () -> {
            if (world.instance(instanceId).state().name() == InstanceStateName.PENDING) {
                world.setState(instanceId, InstanceStateName.RUNNING);
            }
        });
    }

    /** The strategy gets the event, now. */
    void deliver(HookEvent event) {
        var id = USABLE_ID.matcher(event.eventId()).matches() ? event.eventId() : "event";
        strategy.onEvent(event.event(), id + "_" + random.nextInt(1 << 30));
    }

    private void releaseAnAddress() {
        anyAddress().ifPresent(world::release);
    }

    private void steal(String address) {
        var stranger = String.format("i-%017x", (1L << 60) + random.nextInt(1 << 30));
        world.launch(stranger, InstanceStateName.RUNNING, 1, Map.of());
        world.associate(address, stranger, false);
    }

    private Optional<String> anyAddress() {
        var address = settings.pool() == 0 ? null : Account.allocationId(1 + random.nextInt(settings.pool()));
        return Optional.ofNullable(address).filter(id -> world.address(id) != null);
    }
}
