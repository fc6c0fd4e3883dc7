package eiponlaunch.simulator.cli;

import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicLong;

/** One line that grows on a terminal; on anything else, a line for each tenth. */
final class ProgressBar {
    private static final int WIDTH = 40;

    private final PrintWriter out;
    private final long total;
    private final boolean terminal;
    private final AtomicLong done = new AtomicLong();

    ProgressBar(PrintWriter out, long total, boolean terminal) {
        this.out = out;
        this.total = total;
        this.terminal = terminal;
    }

    void add(long count) {
        var now = done.addAndGet(count);
        var before = now - count;
        if (terminal) {
            var filled = (int) Math.min(WIDTH, WIDTH * now / total);
            out.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + now + " of " + total);
            if (now >= total) {
                out.println();
            }
            out.flush();
        } else if (10 * now / total > 10 * before / total) {
            out.println(now + " of " + total + " launches");
        }
    }
}
