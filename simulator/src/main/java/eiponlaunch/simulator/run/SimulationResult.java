package eiponlaunch.simulator.run;

import java.util.List;
import java.util.Map;

/**
 * What a run came to; equal for equal runs. The names are those of {@code --json} and stay as they are.
 *
 * @param launches launch lifecycle actions, however often their events were delivered
 * @param continued launches that Auto Scaling let go on
 * @param abandoned launches that were cancelled by ABANDON
 * @param failedByError failed executions by their error
 * @param apiCalls calls by API, throttled ones among them
 * @param conflicts associations refused because the address was taken meanwhile
 * @param throttled calls refused by EC2's and Auto Scaling's request rates
 * @param transitions state transitions that Step Functions bills
 * @param secondsToLastContinue from the first event's time to the last CONTINUE; null without one
 * @param virtualSeconds from the first event's time to the end of the last execution
 * @param violations broken invariants
 * @param strategy what answered the events: workflow or article-loop
 * @param lost launches whose heartbeat ended without CONTINUE or ABANDON
 * @param abandonedByCause abandoned launches by what the judges lay it at the door of
 * @param lostByCause lost launches likewise
 * @param abandonedByError abandoned launches by the error of their execution
 * @param lambdaInvocations Lambda invocations
 * @param lambdaMillis their billed duration
 * @param memoryMegabytes memory of the functions
 * @param gbSeconds the billed duration times that memory
 * @param throttledCalls the throttled ones among the calls, by API
 * @param secondsToContinue from each launch's event to its CONTINUE: the median and the 99th percentile; null without one
 * @param dollars invocations, GB-seconds and state transitions at their prices; no free tier, no logs, no traces
 */
public record SimulationResult(
        int launches,
        int continued,
        int abandoned,
        Map<String, Integer> failedByError,
        Map<String, Long> apiCalls,
        long conflicts,
        long throttled,
        long transitions,
        Double secondsToLastContinue,
        double virtualSeconds,
        List<String> violations,
        String strategy,
        int lost,
        Map<String, Integer> abandonedByCause,
        Map<String, Integer> lostByCause,
        Map<String, Integer> abandonedByError,
        long lambdaInvocations,
        long lambdaMillis,
        int memoryMegabytes,
        double gbSeconds,
        Map<String, Long> throttledCalls,
        Percentiles secondsToContinue,
        double dollars) {
    /** Of the launches that went on. */
    public record Percentiles(double median, double p99) {}
}
