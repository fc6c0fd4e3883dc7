package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.io.PrintWriter;

/** Shows how far a run is, on a terminal, and what it came to so far when it is interrupted. */
final class Progress {
    private final PrintWriter out;
    private final PrintWriter err;

    Progress(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    SimulationResult of(Simulation simulation) {
        var bar = bar(simulation.expectedLaunches());
        simulation.listen(new WorldListener() {
            @Override
            public void actionCompleted(LifecycleHold hold, String result) {
                count(hold);
            }

            @Override
            public void actionExpired(LifecycleHold hold) {
                count(hold);
            }

            private void count(LifecycleHold hold) {
                if (isTerminal() && !hold.terminating()) {
                    bar.add(1);
                }
            }
        });
        var interruption = onInterruption(bar, () -> out.println("interrupted: " + simulation.tally()));
        try {
            return simulation.run();
        } finally {
            interruption.close();
            bar.end();
        }
    }

    ProgressBar bar(long total) {
        return new ProgressBar(err, total, isTerminal(), () -> System.nanoTime() / 1_000_000);
    }

    Interruption onInterruption(ProgressBar bar, Runnable tally) {
        return new Interruption(() -> {
            bar.end();
            tally.run();
        });
    }

    /** Whether the progress is read on one; the script knows, as System.console differs between releases of Java. */
    static boolean isTerminal() {
        return Boolean.getBoolean("eiponlaunch.terminal");
    }
}
