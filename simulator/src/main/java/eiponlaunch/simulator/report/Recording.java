package eiponlaunch.simulator.report;

import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import java.util.List;
import java.util.Map;

/**
 * One run as a report shows it.
 *
 * @param name what the page calls it
 * @param continued when each CONTINUE was accepted, in milliseconds from the first event
 * @param calls by API
 */
public record Recording(
        String name,
        SimulationSettings settings,
        SimulationResult result,
        List<Long> continued,
        Map<String, ApiCalls> calls,
        ExecutionRecorder executions) {

    /** When the last thing happened that a plot shows. */
    long endMillis() {
        var end = Math.round(result.virtualSeconds() * 1000);
        for (var ofApi : calls.values()) {
            end = Math.max(end, ofApi.lastMillis());
        }
        return end;
    }
}
