package eiponlaunch.simulator.comparison;

import asl.time.VirtualTime;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A running invocation of the loop. It does one thing at a time, each at its own instant, so that the timeout can end it
 * between any two.
 */
public final class Invocation {
    private final VirtualTime time;
    private final Consumer<String> end;
    private VirtualTime.Timer timeout;
    private VirtualTime.Timer next;

    /** @param end is told the error, or null */
    Invocation(VirtualTime time, Consumer<String> end) {
        this.time = time;
        this.end = end;
    }

    void endAfter(Duration duration, String error) {
        timeout = time.after(duration, () -> end(error));
    }

    void after(Duration delay, Runnable step) {
        next = time.after(delay, step);
    }

    void succeed() {
        end(null);
    }

    void fail(String error) {
        end(error);
    }

    private void end(String error) {
        timeout.cancel();
        if (next != null) {
            next.cancel();
        }
        end.accept(error);
    }
}
