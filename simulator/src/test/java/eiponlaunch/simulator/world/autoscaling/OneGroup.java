package eiponlaunch.simulator.world.autoscaling;

import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.SimulatedApi;
import eiponlaunch.simulator.world.ec2.Ec2World;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A group in a simulated AWS without a workflow. */
abstract class OneGroup {
    static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    static final String INSTANCE = "i-00000000000000001";
    static final String GROUP = "g";
    static final Map<String, String> OF_THE_GROUP = Map.of("aws:autoscaling:groupName", GROUP);

    final VirtualTime time = new VirtualTime(BEGIN);
    final SimulatedApi api;
    final Ec2World world;
    final LifecycleHooks hooks;
    final SimulatedAutoScaling autoScaling;
    private final WorldListeners listeners = new WorldListeners();

    OneGroup(CloudSettings settings) {
        api = new SimulatedApi(time, settings, Faults.NONE, new Seed(1));
        world = new Ec2World(time, Duration.ZERO, listeners);
        hooks = new LifecycleHooks(time, world, listeners);
        autoScaling = new SimulatedAutoScaling(api, hooks, world);
    }

    @BeforeEach
    void autoScalingHearsOfChanges() {
        listeners.add(autoScaling);
    }

    final void until(Instant then) {
        time.at(then, () -> {});
        while (time.now().isBefore(then)) {
            time.runNext();
        }
    }
}
