package eiponlaunch.simulator.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * On a terminal, one line that grows once a run has taken two seconds, with the time left. Elsewhere, a line for each
 * tenth of a long run.
 */
final class ProgressBar {
    private static final int WIDTH = 40;
    private static final long SHOWN_AFTER_MILLIS = 2000;

    private final PrintWriter out;
    private final long total;
    private final boolean terminal;
    private final LongSupplier millis;
    private final long start;
    private long done;
    private long shownAt;
    private boolean shown;

    /** @param millis a clock, in milliseconds */
    ProgressBar(PrintWriter out, long total, boolean terminal, LongSupplier millis) {
        this.out = out;
        this.total = total;
        this.terminal = terminal;
        this.millis = millis;
        this.start = millis.getAsLong();
    }

    /** Called by several threads, so it is synchronized: each line shows more than the one before. */
    synchronized void add(long count) {
        var before = done;
        done += count;
        if (!terminal) {
            if (10 * done / total > 10 * before / total) {
                out.println(done + " of " + total + " launches");
            }
            return;
        }
        var now = millis.getAsLong();
        var enough = now - start >= SHOWN_AFTER_MILLIS && now - shownAt >= 100;
        if (enough || shown && done >= total) {
            show(now);
        }
    }

    private void show(long now) {
        shown = true;
        shownAt = now;
        var filled = (int) Math.min(WIDTH, WIDTH * done / total);
        var left = (now - start) * Math.max(0, total - done) / done / 1000;
        out.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + done + " of " + total + ", " + left
                + " s left   ");
        if (done >= total) {
            out.println();
        }
        out.flush();
    }

    /** Ends the line, so that further output starts on a new one. */
    synchronized void end() {
        if (shown && done < total) {
            out.println();
        }
    }
}
