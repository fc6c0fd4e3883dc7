package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.run.RefreshResult;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.soak.SoakResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A run's result for a person to read. */
final class Summary {
    private Summary() {}

    static void print(SimulationResult result, PrintWriter out) {
        out.println("launches " + result.launches() + ": " + result.continued() + " continued, " + result.abandoned()
                + " abandoned, " + result.lost() + " lost");
        printByError(result.abandonedByError(), result.failedByError(), out);
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

    /** The first ones add up to the abandoned launches. The others count lost launches, terminations and Retrofit. */
    private static void printByError(Map<String, Integer> abandoned, Map<String, Integer> failed, PrintWriter out) {
        abandoned.forEach((error, count) -> out.println("  " + count + " × " + error));
        var others = new TreeMap<>(failed);
        abandoned.forEach((error, count) -> others.merge(error, -count, Integer::sum));
        others.values().removeIf(count -> count <= 0);
        if (!others.isEmpty()) {
            out.println("other failed executions");
            others.forEach((error, count) -> out.println("  " + count + " × " + error));
        }
    }

    /** One sentence: whether the pool suffices. */
    static void print(RefreshResult refresh, int sufficient, PrintWriter out) {
        var sentence = new StringBuilder("A refresh of " + refresh.instances() + " instances ");
        if (refresh.seconds() == null) {
            sentence.append(
                    "does not end with a pool of " + refresh.pool() + ": launches are abandoned again and again");
        } else {
            sentence.append("takes " + minutes(refresh.seconds()) + " with a pool of " + refresh.pool() + ": ");
            if (refresh.launches() > refresh.instances()) {
                sentence.append(refresh.launches() - refresh.instances() + " launches were abandoned and repeated, ");
            }
            sentence.append((refresh.waited() == 0 ? "none" : refresh.waited()) + " of its " + refresh.launches()
                    + " launches waited for an address");
            if (refresh.waited() > 0) {
                sentence.append(", and the slowest took " + minutes(refresh.longestLaunchSeconds()));
            }
        }
        out.println(sentence + "; with " + sufficient + " addresses none waits.");
    }

    private static String minutes(double seconds) {
        var whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    private static void printCauses(String what, Map<String, Integer> causes, PrintWriter out) {
        if (!causes.isEmpty()) {
            out.println(what + ", laid at the door of");
            causes.forEach((cause, count) -> out.println("  " + count + " × " + cause));
        }
    }

    static void print(SoakResult result, PrintWriter out) {
        out.println("launches " + result.launches() + ": " + result.continued() + " continued, " + result.abandoned()
                + " abandoned, " + result.lost() + " lost");
        printCauses("abandoned", result.abandonedByCause(), out);
        printCauses("lost", result.lostByCause(), out);
        if (!result.abandonedByError().isEmpty()) {
            out.println("abandoned, by the error of the execution");
        }
        printByError(result.abandonedByError(), result.failedByError(), out);
        out.println(result.broken().size() + " batches with a broken invariant");
        result.broken().stream().limit(10).forEach(broken -> {
            out.println("violated: " + broken.violation());
            out.println("replay with " + broken.batch().replay());
        });
    }
}
