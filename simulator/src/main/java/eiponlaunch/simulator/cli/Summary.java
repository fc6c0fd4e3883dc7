package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.soak.SoakResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** A run's result for a person to read. */
final class Summary {
    private Summary() {}

    static void print(SimulationResult result, PrintWriter out) {
        out.println("launches " + result.launches() + ": " + result.continued() + " continued, " + result.abandoned()
                + " abandoned, " + result.lost() + " lost");
        result.failedByError().forEach((error, count) -> out.println("  " + count + " × " + error));
        out.println("calls " + result.apiCalls() + ", " + result.conflicts() + " conflicts, " + result.throttled()
                + " throttled, " + result.transitions() + " state transitions");
        if (result.launches() > 0) {
            printPerLaunch(result, out);
        }
        out.println("virtual time " + result.virtualSeconds() + " s, last CONTINUE "
                + (result.secondsToLastContinue() == null ? "none" : result.secondsToLastContinue() + " s"));
    }

    private static void printPerLaunch(SimulationResult result, PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "per launch %.2f state transitions, %.0f billed Lambda ms, %.6f dollars without the free tier",
                (double) result.transitions() / result.launches(),
                (double) result.lambdaMillis() / result.launches(),
                result.dollars() / result.launches()));
    }

    private static void printCauses(String what, Map<String, Integer> causes, PrintWriter out) {
        if (!causes.isEmpty()) {
            out.println(what + ", laid at the door of");
            causes.forEach((cause, count) -> out.println("  " + count + " × " + cause));
        }
    }

    static void print(SoakResult result, PrintWriter out) {
        out.println("launches " + result.launches() + ": " + result.continued() + " continued, " + result.abandoned()
                + " abandoned, " + result.lost() + " lost; " + result.wallMillis() / 1000 + " s");
        printCauses("abandoned", result.abandonedByCause(), out);
        printCauses("lost", result.lostByCause(), out);
        out.println("failed executions");
        result.failedByError().forEach((error, count) -> out.println("  " + count + " × " + error));
        out.println(result.broken().size() + " batches with a broken invariant");
        result.broken().stream().limit(10).forEach(broken -> {
            out.println("violated: " + broken.violation());
            out.println("replay with " + broken.batch().replay());
        });
    }
}
