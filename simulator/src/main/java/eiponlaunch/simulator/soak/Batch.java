package eiponlaunch.simulator.soak;

import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.faults.SeededFaults;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.Seed;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some launches that share a pool and meet faults; everything about them follows from the seed.
 *
 * @param launches how many
 * @param pool free addresses: enough for all, or a few too few
 */
public record Batch(long seed, int launches, int pool, Set<FaultName> faults) {
    /** The number-th batch of a soak run. */
    static Batch of(Seed soak, int number, int launches, Set<FaultName> faults) {
        var random = soak.fork("batch " + number).random();
        var pool = random.nextInt(8) == 0 ? launches - random.nextInt(launches / 4 + 1) : launches + random.nextInt(5);
        return new Batch(random.nextInt(Integer.MAX_VALUE), launches, pool, faults);
    }

    SimulationResult run(ProjectFiles files, Object event, Deployment deployment) throws IOException {
        return new Simulation(SimulationSettings.of(files, List.of(event))
                        .launches(launches)
                        .pool(pool)
                        .seed(seed)
                        .faults(new SeededFaults(faults, new Seed(seed)))
                        .deployment(deployment)
                        .build())
                .run();
    }

    /** The command that runs this batch alone. */
    public String replay() {
        var names = faults.size() == FaultName.values().length
                ? "all"
                : faults.isEmpty()
                        ? "none"
                        : faults.stream().map(FaultName::toString).collect(Collectors.joining(","));
        return "./simulate --launches " + launches + " --pool " + pool + " --seed " + seed + " --faults " + names;
    }
}
