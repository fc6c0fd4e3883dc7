package eiponlaunch.simulator.soak;

import eiponlaunch.simulator.run.SimulationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a soak run came to.
 *
 * @param launches lifecycle events delivered for the first time
 * @param lost launches whose heartbeat ended first
 * @param abandonedByCause abandoned launches by reason
 * @param lostByCause lost launches likewise
 * @param abandonedByError abandoned launches by the error of their execution
 * @param failedByError failed executions by their error
 * @param broken the batches in which an invariant was broken, with what was broken first
 */
public record SoakResult(
        long launches,
        long continued,
        long abandoned,
        long lost,
        Map<String, Integer> abandonedByCause,
        Map<String, Integer> lostByCause,
        Map<String, Integer> abandonedByError,
        Map<String, Integer> failedByError,
        List<Broken> broken) {

    /** A batch in which an invariant was broken. */
    public record Broken(Batch batch, String violation) {
        @Override
        public String toString() {
            return violation + ": " + batch.replay();
        }
    }

    static final SoakResult NOTHING = new SoakResult(0, 0, 0, 0, Map.of(), Map.of(), Map.of(), Map.of(), List.of());

    static SoakResult of(Batch batch, SimulationResult result) {
        return new SoakResult(
                result.launches(),
                result.continued(),
                result.abandoned(),
                result.lost(),
                result.abandonedByCause(),
                result.lostByCause(),
                result.abandonedByError(),
                result.failedByError(),
                result.violations().isEmpty()
                        ? List.of()
                        : List.of(new Broken(batch, result.violations().get(0))));
    }

    SoakResult plus(SoakResult other) {
        var all = new ArrayList<>(broken);
        all.addAll(other.broken());
        return new SoakResult(
                launches + other.launches(),
                continued + other.continued(),
                abandoned + other.abandoned(),
                lost + other.lost(),
                sum(abandonedByCause, other.abandonedByCause()),
                sum(lostByCause, other.lostByCause()),
                sum(abandonedByError, other.abandonedByError()),
                sum(failedByError, other.failedByError()),
                all);
    }

    private static Map<String, Integer> sum(Map<String, Integer> one, Map<String, Integer> other) {
        var sum = new TreeMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Integer::sum));
        return sum;
    }
}
