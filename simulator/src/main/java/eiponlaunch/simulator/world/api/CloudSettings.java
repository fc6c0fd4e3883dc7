package eiponlaunch.simulator.world.api;

import eiponlaunch.simulator.faults.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The rates, latencies and consistency of the simulated AWS.
 *
 * @param rates request rates by API name, and that of the bucket that all calls of {@link #AUTO_SCALING} share; an API without
 *     one is never throttled
 * @param callLatencies by API name; an API without one answers at once
 * @param eventDelivery from the start of a lifecycle action to the start of its execution
 * @param transition one state transition of Step Functions
 * @param warmStart a Lambda invocation in an idle execution environment, without the handler's calls
 * @param coldStart a Lambda invocation in a new one
 * @param lambdaConcurrency execution environments of the account
 * @param staleness how old what a Describe call reads may be, at most {@link Catalogue#OLDEST_READ}
 * @param termination from the termination of an instance until EC2 gives its address back
 * @param payload how much longer a call takes the larger its answer is
 */
public record CloudSettings(
        Map<String, Rate> rates,
        Map<String, Latency> callLatencies,
        Latency eventDelivery,
        Latency transition,
        Latency warmStart,
        Latency coldStart,
        int lambdaConcurrency,
        Duration staleness,
        Duration termination,
        Payload payload) {

    /**
     * The name of the one bucket of Auto Scaling's calls.
     *
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html">API request rate</a>
     */
    public static final String AUTO_SCALING = "AutoScaling";

    /** The bucket of state transitions. They are delayed, and not refused, when it is empty. */
    public static final String STATE_TRANSITION = "StateTransition";

    /** The documented request rates; latencies, staleness, sizes of answers and Auto Scaling's rates are assumptions. */
    public static CloudSettings documented() {
        return new CloudSettings(
                Map.of(
                        "DescribeAddresses",
                        new Rate(100, 20),
                        "DescribeInstances",
                        new Rate(100, 20),
                        "DescribeAvailabilityZones",
                        new Rate(100, 20),
                        "AssociateAddress",
                        new Rate(50, 5),
                        "DisassociateAddress",
                        new Rate(50, 5),
                        AUTO_SCALING,
                        new Rate(100, 10)),
                Map.of(
                        "DescribeAddresses", Latency.ofMillis(80, 400),
                        "DescribeInstances", Latency.ofMillis(80, 500),
                        "DescribeAvailabilityZones", Latency.ofMillis(80, 500),
                        "AssociateAddress", Latency.ofMillis(200, 900),
                        "DisassociateAddress", Latency.ofMillis(200, 900),
                        "CompleteLifecycleAction", Latency.ofMillis(60, 400),
                        "RecordLifecycleActionHeartbeat", Latency.ofMillis(60, 400),
                        "DescribeAutoScalingGroups", Latency.ofMillis(60, 400)),
                Latency.ofMillis(300, 2000),
                Latency.ofMillis(10, 60),
                Latency.ofMillis(5, 40),
                Latency.ofMillis(300, 1200),
                1000,
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Payload.usual());
    }

    /** Nothing takes time and nothing is refused: for tests whose virtual times should be exact. */
    public static CloudSettings instant() {
        return new CloudSettings(
                Map.of(),
                Map.of(),
                Latency.NONE,
                Latency.NONE,
                Latency.NONE,
                Latency.NONE,
                Integer.MAX_VALUE,
                Duration.ZERO,
                Duration.ofSeconds(30),
                Payload.NONE);
    }

    /** The bucket that a call takes a token from: that of its service, unless it has one of its own or the service has none. */
    public String bucketOf(String api) {
        return !rates.containsKey(api) && Service.of(api) == Service.AUTO_SCALING ? AUTO_SCALING : api;
    }

    /** That of the bucket which a call takes a token from. */
    public Rate rateOf(String api) {
        return rates.getOrDefault(bucketOf(api), Rate.UNLIMITED);
    }

    public CloudSettings withRate(String api, Rate rate) {
        return changed(to -> {
            to.rates = new HashMap<>(rates);
            to.rates.put(api, rate);
        });
    }

    public CloudSettings withLatency(String api, Latency latency) {
        return changed(to -> {
            to.callLatencies = new HashMap<>(callLatencies);
            to.callLatencies.put(api, latency);
        });
    }

    public CloudSettings withLambdaConcurrency(int environments) {
        return changed(to -> to.lambdaConcurrency = environments);
    }

    public CloudSettings withStaleness(Duration age) {
        return changed(to -> to.staleness = age);
    }

    public CloudSettings withPayload(Payload other) {
        return changed(to -> to.payload = other);
    }

    public CloudSettings withTermination(Duration time) {
        return changed(to -> to.termination = time);
    }

    /** The one place that copies settings. */
    private CloudSettings changed(Consumer<Changed> change) {
        var to = new Changed();
        to.rates = rates;
        to.callLatencies = callLatencies;
        to.lambdaConcurrency = lambdaConcurrency;
        to.staleness = staleness;
        to.termination = termination;
        to.payload = payload;
        change.accept(to);
        return new CloudSettings(
                Map.copyOf(to.rates),
                Map.copyOf(to.callLatencies),
                eventDelivery,
                transition,
                warmStart,
                coldStart,
                to.lambdaConcurrency,
                to.staleness,
                to.termination,
                to.payload);
    }

    /** What profiles and tests change. */
    private static final class Changed {
        private Map<String, Rate> rates;
        private Map<String, Latency> callLatencies;
        private int lambdaConcurrency;
        private Duration staleness;
        private Duration termination;
        private Payload payload;
    }
}
