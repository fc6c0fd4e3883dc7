package eiponlaunch.simulator.soak;

import asl.time.Seed;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Very many launches with faults, in independent batches, which therefore run on every core; the result
 * does not depend on how many there are.
 */
public final class Soak {
    private final ProjectFiles files;
    private final Object event;
    private final Deployment deployment;
    private final Profile profile;
    private final Set<FaultName> faults;
    private final AtomicReference<SoakResult> soFar = new AtomicReference<>(SoakResult.NOTHING);

    /** @param event the model of all launch events, a JSON value */
    public Soak(ProjectFiles files, Object event, Deployment deployment, Profile profile, Set<FaultName> faults) {
        this.files = files;
        this.event = event;
        this.deployment = deployment;
        this.profile = profile;
        this.faults = faults;
    }

    /**
     * Runs at least {@code launches} launches.
     *
     * @param progress told the number of launches that were run, now and then
     */
    public SoakResult run(long launches, long seed, LongConsumer progress) {
        return IntStream.range(0, batches(launches))
                .parallel()
                .mapToObj(number -> Batch.of(new Seed(seed), number, profile, faults))
                .map(batch -> {
                    var ran = run(batch);
                    soFar.accumulateAndGet(ran, SoakResult::plus);
                    progress.accept(batch.launches());
                    return ran;
                })
                .reduce(SoakResult.NOTHING, SoakResult::plus);
    }

    private static int batches(long launches) {
        var batches = 0;
        for (var planned = 0L; planned < launches; planned += Batch.launches(batches++)) {}
        return batches;
    }

    /** What the batches came to that have ended; may be asked from another thread. */
    public SoakResult soFar() {
        return soFar.get();
    }

    private SoakResult run(Batch batch) {
        try {
            return SoakResult.of(batch, batch.run(files, event, deployment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
