package eiponlaunch.simulator.run;

import java.util.List;
import java.util.Map;

/**
 * What a run came to; equal for equal runs. The names are those of {@code --json} and stay as they are.
 *
 * @param strategy what answered the events: workflow or article-loop
 * @param launches launch lifecycle actions, however often their events were delivered
 * @param continued launches that Auto Scaling let go on
 * @param abandoned launches that were cancelled by ABANDON
 * @param lost launches whose heartbeat ended without CONTINUE or ABANDON
 * @param abandonedByError abandoned launches by the error of their execution
 * @param abandonedByCause abandoned launches by reason
 * @param lostByCause lost launches likewise
 * @param failedByError failed executions by their error
 * @param secondsToContinue from each launch's event to its CONTINUE: the median and the 99th percentile; null without one
 * @param secondsToLastContinue from the first event's time to the last CONTINUE; null without one
 * @param virtualSeconds from the first event's time to the end of the last execution
 * @param violations broken invariants
 * @param apiCalls calls by API, throttled ones among them
 * @param conflicts associations refused because the address was taken meanwhile
 * @param throttled calls refused by EC2's and Auto Scaling's request rates
 * @param throttledCalls the throttled ones among the calls, by API
 * @param transitions state transitions that Step Functions bills
 * @param lambdaInvocations Lambda invocations
 * @param lambdaMillis their billed duration
 * @param memoryMegabytes memory of the functions
 * @param gbSeconds the billed duration times that memory
 * @param dollars invocations, GB-seconds and state transitions at their prices; no free tier, no logs, no traces
 */
public record SimulationResult(
        String strategy,
        int launches,
        int continued,
        int abandoned,
        int lost,
        Map<String, Integer> abandonedByError,
        Map<String, Integer> abandonedByCause,
        Map<String, Integer> lostByCause,
        Map<String, Integer> failedByError,
        Percentiles secondsToContinue,
        Double secondsToLastContinue,
        double virtualSeconds,
        List<String> violations,
        Map<String, Long> apiCalls,
        long conflicts,
        long throttled,
        Map<String, Long> throttledCalls,
        long transitions,
        long lambdaInvocations,
        long lambdaMillis,
        int memoryMegabytes,
        double gbSeconds,
        double dollars) {
    /** Of the launches that went on. */
    public record Percentiles(double median, double p99) {}
}
