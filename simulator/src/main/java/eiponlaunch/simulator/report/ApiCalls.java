package eiponlaunch.simulator.report;

import eiponlaunch.simulator.world.api.ApiCall.Outcome;
import eiponlaunch.simulator.world.api.Rate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The calls of one API in the order in which they happened, and the plots of them. */
final class ApiCalls {
    private final List<Call> calls = new ArrayList<>();

    void add(long millis, Outcome outcome, double tokensLeft) {
        calls.add(new Call(millis, outcome, tokensLeft));
    }

    /** The calls of several APIs, which take their tokens from one bucket. */
    static ApiCalls together(Collection<ApiCalls> apis) {
        var all = new ApiCalls();
        apis.forEach(api -> all.calls.addAll(api.calls));
        all.calls.sort(Comparator.comparingLong(Call::millis)
                .thenComparing(Comparator.comparingDouble(Call::tokensLeft)
                        .reversed())); // within a millisecond it only empties
        return all;
    }

    long lastMillis() {
        return calls.isEmpty() ? 0 : calls.get(calls.size() - 1).millis();
    }

    /** How many calls ended so within each interval. */
    int[] count(Outcome outcome, TimeAxis axis) {
        var counts = new int[axis.intervals()];
        for (var call : calls) {
            if (call.outcome() == outcome) {
                counts[axis.interval(call.millis())]++;
            }
        }
        return counts;
    }

    /**
     * The tokens in the bucket at each mark of the axis.
     *
     * @param rate how the bucket fills between two calls
     */
    double[] tokensLeft(Rate rate, TimeAxis axis) {
        var samples = new double[axis.intervals() + 1];
        var next = 0;
        var tokens = rate.tokens();
        var since = 0L;
        for (var mark = 0; mark < samples.length; mark++) {
            var now = axis.mark(mark);
            for (; next < calls.size() && calls.get(next).millis() <= now; next++) {
                tokens = calls.get(next).tokensLeft();
                since = calls.get(next).millis();
            }
            var filled = Math.min(rate.tokens(), tokens + (now - since) * rate.perSecond() / 1000);
            samples[mark] = Math.round(filled * 10) / 10.0;
        }
        return samples;
    }

    private record Call(long millis, Outcome outcome, double tokensLeft) {}
}
