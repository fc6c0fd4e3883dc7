package eiponlaunch.simulator.run;

import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.model.EipPool;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.SimulatedApi;
import eiponlaunch.simulator.world.autoscaling.LifecycleHooks;
import eiponlaunch.simulator.world.autoscaling.SimulatedAutoScaling;
import eiponlaunch.simulator.world.ec2.Ec2World;
import eiponlaunch.simulator.world.ec2.SimulatedEc2;
import java.util.HashMap;
import java.util.Map;

/**
 * One simulated account and Region, as a strategy and the launches of a run share it.
 *
 * @param template the template with the run's parameters
 * @param world EC2 from outside: what happens other than through API calls
 * @param hooks the instances that wait in their hook
 * @param ec2 EC2 as its callers see it
 * @param autoScaling Auto Scaling as its callers see it
 */
public record Account(
        SamTemplate template,
        VirtualTime time,
        Seed seed,
        CloudSettings cloud,
        Faults faults,
        WorldListeners listeners,
        Ec2World world,
        LifecycleHooks hooks,
        SimulatedApi api,
        SimulatedEc2 ec2,
        SimulatedAutoScaling autoScaling) {

    static Account open(SamTemplate template, VirtualTime time, SimulationSettings settings) {
        var seed = new Seed(settings.seed());
        var cloud = settings.cloud();
        var listeners = new WorldListeners();
        var world = new Ec2World(time, cloud.termination(), listeners);
        var hooks = new LifecycleHooks(time, world, listeners);
        var api = new SimulatedApi(time, cloud, settings.faults(), seed);
        var autoScaling = new SimulatedAutoScaling(api, hooks, world);
        listeners.add(autoScaling);
        return new Account(
                template,
                time,
                seed,
                cloud,
                settings.faults(),
                listeners,
                world,
                hooks,
                api,
                new SimulatedEc2(api, world),
                autoScaling);
    }

    /** The same account, with another stack of the template in it. */
    Account with(SamTemplate stack) {
        return new Account(
                stack,
                time,
                seed.fork(stack.parameter("EipTagValue")),
                cloud,
                faults,
                listeners,
                world,
                hooks,
                api,
                ec2,
                autoScaling);
    }

    /** The tags that launched instances have: their group's, and the one that the template's parameters may ask for. */
    Map<String, String> instanceTags(String group) {
        var key = template.parameter("InstanceTagKey");
        var tags = new HashMap<>(Map.of("aws:autoscaling:groupName", group));
        if (!key.isEmpty()) {
            tags.put(key, template.parameter("InstanceTagValue"));
        }
        return tags;
    }

    /** Whether the stack gives the addresses of terminating instances back. */
    boolean releasesEarly() {
        return template.exists("EipOnTerminate");
    }

    /** The first of the terminating hooks that the stack serves. */
    String terminateHook() {
        return template.parameter("TerminateHookNames").split(",")[0].strip();
    }

    /** The pool that the template's parameters describe. */
    public EipPool pool() {
        return EipPool.of(template.definitionSubstitutions("EipOnLaunch").get("EipTags"));
    }

    /** The zone of the number-th address or instance, of so many. */
    static String zone(int number, int zones) {
        return "us-east-1" + (char) ('a' + (number - 1) % zones);
    }

    /** The tags of an address of the pool: where the template asks for it, its zone, and an order with the last one first. */
    private Map<String, String> tags(EipPool pool, int number, int addresses, int zones) {
        var tags = new HashMap<>(pool.tags());
        if (!template.parameter("EipZoneTagKey").isEmpty()) {
            tags.put(template.parameter("EipZoneTagKey"), zone(number, zones));
        }
        if (!template.parameter("EipOrderTagKey").isEmpty()) {
            tags.put(template.parameter("EipOrderTagKey"), String.valueOf(addresses - number));
        }
        return tags;
    }

    /** Allocates the addresses of that pool: those of the first stack's pool are numbered from 1, the next stack's follow. */
    void fillPool(int stack, int addresses, int zones) {
        var pool = pool();
        for (var number = stack * addresses + 1; number <= (stack + 1) * addresses; number++) {
            world.allocate(allocationId(number), publicIp(number), tags(pool, number, addresses, zones));
        }
    }

    /** Of 198.18.0.0/15, which is set aside for benchmarks (RFC 2544), and of what follows it. */
    static String publicIp(int number) {
        return "198." + (18 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    static String allocationId(int number) {
        return String.format("eipalloc-%017x", number);
    }
}
