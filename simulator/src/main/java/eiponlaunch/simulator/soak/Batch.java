package eiponlaunch.simulator.soak;

import asl.time.Seed;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.faults.SeededFaults;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.Profile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some launches that share a pool and meet faults; everything about them follows from the seed.
 *
 * @param launches how many
 * @param pool addresses: enough for all, or a few too few
 * @param terminations how many of the addresses are with instances that terminate meanwhile
 * @param groups how many groups launch
 * @param sharedPool whether they share one stack and pool
 * @param mixed whether launches differ from each other
 * @param earlyRelease whether a terminating hook gives those back early
 * @param profile what AWS is like
 */
public record Batch(
        long seed,
        int launches,
        int pool,
        int terminations,
        int groups,
        boolean sharedPool,
        boolean mixed,
        boolean earlyRelease,
        Profile profile,
        Set<FaultName> faults) {
    private static final int FEW = 50;

    /** More than any profile's burst, so that the rates of AWS show as well. */
    private static final int STORM = 300;

    private static final int BATCHES_BETWEEN_STORMS = 20;

    /** How many launches the number-th batch of a soak run has. */
    static int launches(int number) {
        return number % (BATCHES_BETWEEN_STORMS + 1) == BATCHES_BETWEEN_STORMS ? STORM : FEW;
    }

    /** The number-th batch of a soak run. */
    static Batch of(Seed soak, int number, Profile profile, Set<FaultName> faults) {
        var launches = launches(number);
        var random = soak.fork("batch " + number).random();
        var pool = random.nextInt(8) == 0 ? launches - random.nextInt(launches / 4 + 1) : launches + random.nextInt(5);
        var seed = random.nextInt(Integer.MAX_VALUE);
        var earlyRelease = random.nextBoolean();
        var groups = random.nextInt(4) == 0 ? 3 : 1;
        return new Batch(
                seed,
                launches,
                pool,
                earlyRelease ? random.nextInt(pool + 1) : 0,
                groups,
                groups > 1 && random.nextBoolean(),
                random.nextInt(4) > 0,
                earlyRelease,
                profile,
                faults);
    }

    SimulationResult run(ProjectFiles files, Object event, Deployment deployment) throws IOException {
        return new Simulation(settings(files, event, deployment)).run();
    }

    /** New ones each time, as faults by chance go on where they were. */
    SimulationSettings settings(ProjectFiles files, Object event, Deployment deployment) {
        return SimulationSettings.of(files, List.of(event))
                .launches(launches)
                .pool(pool)
                .groups(groups)
                .sharedPool(sharedPool)
                .mixed(mixed)
                .terminations(terminations)
                .parameters(earlyRelease ? Map.of("TerminateHookNames", "disassociate-eip") : Map.of())
                .seed(seed)
                .cloud(profile.cloud())
                .faults(new SeededFaults(faults, new Seed(seed)))
                .deployment(deployment)
                .build();
    }

    /** The command that runs this batch alone. */
    public String replay() {
        var names = faults.size() == FaultName.values().length
                ? "all"
                : faults.isEmpty()
                        ? "none"
                        : faults.stream().map(FaultName::toString).collect(Collectors.joining(","));
        return "./simulate --launches " + launches + " --pool " + pool
                + (groups > 1 ? " --groups " + groups : "")
                + (sharedPool ? " --shared-pool" : "")
                + (mixed ? " --mixed" : "")
                + (earlyRelease ? " --terminate " + terminations + " --early-release" : "")
                + (profile.equals(Profile.DOCUMENTED) ? "" : " --profile " + profile.name()) + " --seed " + seed
                + " --faults " + names;
    }
}
