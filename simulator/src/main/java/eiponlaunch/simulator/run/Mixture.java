package eiponlaunch.simulator.run;

import asl.time.Seed;
import eiponlaunch.simulator.world.ec2.Ec2World;
import eiponlaunch.simulator.world.ec2.Zones;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.ec2.model.ServiceManaged;

/**
 * Launches that differ, in an account that holds more than one pool: hooks that choose another pool, warm
 * pools, Local Zones, instances that are still pending or have several interfaces, other people's and services' addresses,
 * instances that run without an address, groups that retain instances, strangers who disassociate the addresses of others, and runs of Reconcile for both.
 */
final class Mixture {
    private static final String LOCAL_ZONE = "us-east-1-bos-1a";
    private static final String OTHER_POOL = "MailGateway";
    private static final String MALFORMED = "{\"eipPool\": \"" + OTHER_POOL + "\"}";
    private static final String OTHER_GROUP = "-mail";
    private static final int OTHER_ADDRESSES = 5;

    /** The first number of the addresses that are not of a stack's ordinary pool. */
    private static final int FIRST_NUMBER = 131_000;

    /**
     * What an instance is like.
     *
     * @param pendingFor how long after its lifecycle event EC2 calls it pending
     */
    record Kind(String zone, int interfaces, Duration pendingFor) {
        static final Kind ORDINARY = new Kind("us-east-1a", 1, Duration.ZERO);
    }

    /** Somebody starts Reconcile, this long after the first launch. */
    record Run(Duration after, boolean dryRun) {}

    /**
     * A stranger disassociates the address of an instance in service, this long after the first launch.
     *
     * @param number of the address in the pool; of the next one that such an instance has
     */
    record Stranger(Duration after, int number) {}

    /** Every launch is ordinary, and there is nothing else in the account. */
    static final Mixture NONE = new Mixture();

    private final Map<String, Kind> kinds = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Stranger> strangers = new ArrayList<>();
    private int served;
    private int allocated;
    private boolean warmPoolsRun;
    private boolean retains;

    private Mixture() {}

    static Mixture of(Seed seed, List<HookEvent> events) {
        var mixture = new Mixture();
        var random = seed.fork("mixture").random();
        var mixed = new ArrayList<HookEvent>();
        for (var event : events) {
            mixture.kinds.put(event.instanceId(), kind(random));
            if (mixed.isEmpty()) {
                mixed.add(event); // it names the first group
            } else {
                mixture.mix(event, random, mixed);
            }
        }
        events.clear();
        events.addAll(mixed);
        if (random.nextBoolean()) {
            mixture.served = random.nextInt(5);
            for (var run = 0; run < 1 + random.nextInt(2); run++) {
                mixture.runs.add(new Run(Duration.ofMillis(random.nextInt(150_000)), random.nextInt(4) == 0));
            }
            mixture.addStrangers(seed.fork("strangers").random());
        }
        var groups = seed.fork("groups").random();
        mixture.warmPoolsRun = groups.nextBoolean();
        mixture.retains = groups.nextInt(4) == 0;
        return mixture;
    }

    /** They come at any time, and the last run after them. */
    private void addStrangers(SplittableRandom random) {
        for (var stranger = random.nextInt(6); stranger > 0; stranger--) {
            strangers.add(new Stranger(Duration.ofMillis(random.nextInt(300_000)), random.nextInt(1000)));
        }
        runs.add(new Run(Duration.ofMillis(300_000 + random.nextInt(150_000)), false));
    }

    private static Kind kind(SplittableRandom random) {
        return new Kind(
                random.nextInt(12) == 0 ? LOCAL_ZONE : Kind.ORDINARY.zone(),
                random.nextInt(6) == 0 ? 2 : 1,
                random.nextInt(10) == 0 ? Duration.ofMillis(random.nextInt(25_000)) : Duration.ZERO);
    }

    private void mix(HookEvent event, SplittableRandom random, List<HookEvent> mixed) {
        var ofAnotherGroup = event.with("AutoScalingGroupName", event.group(0) + OTHER_GROUP);
        switch (random.nextInt(25)) {
            case 0, 1 ->
                mixed.add(ofAnotherGroup.with(
                        "NotificationMetadata", "{\"eipPool\": {\"Application\": \"" + OTHER_POOL + "\"}}"));
            case 2 -> mixed.add(ofAnotherGroup.with("NotificationMetadata", MALFORMED));
            case 3 -> mixed.add(event.with("NotificationMetadata", "for somebody else"));
            case 4, 5 -> {
                mixed.add(event.with("Destination", "WarmPool"));
                mixed.add(event.outOfWarmPool(Duration.ofMillis(60_000 + random.nextInt(200_000))));
            }
            default -> mixed.add(event);
        }
    }

    /** The template's parameters that the launches need. */
    Map<String, String> parameters(Map<String, String> others) {
        if (this == NONE) {
            return others;
        }
        var parameters = new HashMap<>(others);
        parameters.put("HookPoolTagKeys", "Application");
        return parameters;
    }

    Kind kind(String instanceId) {
        return kinds.getOrDefault(instanceId, Kind.ORDINARY);
    }

    /** The number-th instance that serves may have a terminating hook whose metadata is malformed. */
    HookEvent termination(HookEvent termination, int number) {
        return this == NONE || number % 6 > 0 ? termination : termination.with("NotificationMetadata", MALFORMED);
    }

    /** How many instances of the first group serve without an address. */
    int served() {
        return served;
    }

    List<Run> reconciles() {
        return runs;
    }

    List<Stranger> strangers() {
        return strangers;
    }

    /** Allocates what these launches of one stack can use beside its pool, and what nobody can. */
    void fill(Account stack, List<HookEvent> launches) {
        if (this == NONE) {
            return;
        }
        if (warmPoolsRun) {
            stack.hooks().keepWarmPoolsRunning();
        }
        if (retains) {
            stack.hooks().retainAbandoned();
        }
        var world = stack.world();
        for (var launch : launches) {
            var local = kind(launch.instanceId()).zone().equals(LOCAL_ZONE);
            var metadata = launch.detail("NotificationMetadata", "");
            if (metadata.startsWith("{") || local && !launch.toWarmPool()) {
                allocate(
                        world,
                        metadata.startsWith("{")
                                ? Map.of("Application", OTHER_POOL)
                                : stack.pool().tags(),
                        local ? Zones.borderGroup(LOCAL_ZONE) : null,
                        null);
            }
        }
        for (var other = 0; other < OTHER_ADDRESSES; other++) {
            allocate(world, Map.of("Application", "SomebodyElse"), null, null);
            allocate(world, stack.pool().tags(), null, ServiceManaged.NLB);
        }
    }

    private void allocate(Ec2World world, Map<String, String> tags, String borderGroup, ServiceManaged by) {
        var number = FIRST_NUMBER + allocated++;
        world.allocate(Account.allocationId(number), Account.publicIp(number), tags, address -> {
            address.serviceManaged(by);
            if (borderGroup != null) {
                address.networkBorderGroup(borderGroup);
            }
        });
    }
}
