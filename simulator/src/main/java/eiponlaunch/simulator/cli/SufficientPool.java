package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.run.Simulation;
import java.io.IOException;

/** The smallest pool with which no launch of an instance refresh waits, by halving: more addresses never make a launch wait. */
final class SufficientPool {
    private final RunOptions run;
    private final Progress progress;

    SufficientPool(RunOptions run, Progress progress) {
        this.run = run;
        this.progress = progress;
    }

    /** @param interrupted what to do when the search is interrupted */
    int size(Runnable interrupted) throws IOException {
        var low = run.settings().refresh().orElseThrow().size();
        var high = 3 * low + 1;
        var bar = progress.bar(Long.SIZE - Long.numberOfLeadingZeros(high - low));
        var interruption = progress.onInterruption(bar, interrupted);
        while (low < high) {
            var middle = (low + high) / 2;
            if (isEnough(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
            if (Progress.isTerminal()) {
                bar.add(1);
            }
        }
        interruption.close();
        bar.end();
        return low;
    }

    private boolean isEnough(int addresses) throws IOException {
        var simulation = new Simulation(run.settings().withPool(addresses));
        simulation.run();
        var refreshed = simulation.refreshed().orElseThrow();
        return refreshed.waited() == 0 && refreshed.seconds() != null;
    }
}
