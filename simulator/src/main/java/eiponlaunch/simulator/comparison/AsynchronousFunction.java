package eiponlaunch.simulator.comparison;

import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A Lambda function behind the queue of its asynchronous invocations. Lambda invokes it again after a failure, a minute
 * later and then two, and when no execution environment was free, as long as the event is young enough.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">How Lambda handles
 *     errors and retries with asynchronous invocation</a>
 */
public final class AsynchronousFunction {
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);
    private static final Duration AFTER_THROTTLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_AFTER_THROTTLE = Duration.ofMinutes(5);

    /**
     * An event in the queue.
     *
     * @param failures how often the function failed on it
     * @param throttles how often it could not be invoked since
     */
    private record Queued(Object event, Instant expires, int failures, int throttles) {
        Queued failed() {
            return new Queued(event, expires, failures + 1, 0);
        }

        Queued throttled() {
            return new Queued(event, expires, failures, throttles + 1);
        }
    }

    private final String name;
    private final Handler handler;
    private final LoopSettings settings;
    private final VirtualTime time;
    private final CloudSettings cloud;
    private final Faults faults;
    private final SplittableRandom random;
    private final Map<String, Integer> failedByError = new TreeMap<>();
    private int idle;
    private int busy;
    private long invocations;
    private long billedMillis;
    private Instant lastEnd;

    public AsynchronousFunction(
            String name,
            Handler handler,
            LoopSettings settings,
            VirtualTime time,
            CloudSettings cloud,
            Faults faults,
            SplittableRandom random) {
        this.name = name;
        this.handler = handler;
        this.settings = settings;
        this.time = time;
        this.cloud = cloud;
        this.faults = faults;
        this.random = random;
    }

    public void invoke(Object event) {
        attempt(new Queued(event, time.now().plus(settings.maximumEventAge()), 0, 0));
    }

    private void attempt(Queued queued) {
        var fault = faults.onInvocation(name, time.now());
        if (fault == InvocationFault.THROTTLED || busy >= cloud.lambdaConcurrency()) {
            attemptAfterThrottle(queued, InvocationFault.THROTTLED.error());
        } else if (fault == InvocationFault.SERVICE_ERROR) {
            attemptAfterThrottle(queued, fault.error());
        } else {
            busy++;
            var start = (idle > 0 ? cloud.warmStart() : cloud.coldStart()).sample(random);
            idle = Math.max(0, idle - 1);
            time.after(start, () -> run(queued, fault, start));
        }
    }

    private void run(Queued queued, InvocationFault fault, Duration start) {
        var began = time.now();
        var invocation = new Invocation(time, error -> ended(queued, fault, start, began, error));
        invocation.endAfter(settings.timeout(), InvocationFault.TIMEOUT.error());
        if (fault == InvocationFault.CRASH_BEFORE) {
            invocation.fail(fault.error());
        } else {
            handler.handle(queued.event(), invocation);
        }
    }

    /** A fault changes how Lambda sees the handler end, not what the handler did. */
    private void ended(Queued queued, InvocationFault fault, Duration start, Instant began, String error) {
        var learned = fault == InvocationFault.NONE ? error : fault.error();
        var until = fault == InvocationFault.TIMEOUT ? began.plus(settings.timeout()) : time.now();
        invocations++;
        billedMillis += start.plus(Duration.between(began, until)).toMillis() + 1; // by the started millisecond
        time.at(until, () -> {
            busy--;
            lastEnd = time.now();
            var crashed = fault != InvocationFault.NONE
                    || InvocationFault.TIMEOUT.error().equals(error);
            idle += crashed ? 0 : 1;
            if (learned != null) {
                attemptAfterFailure(queued.failed(), learned);
            }
        });
    }

    private void attemptAfterFailure(Queued queued, String error) {
        if (queued.failures() > settings.maximumRetries()) {
            drop(error);
        } else {
            attemptAfter(AFTER_FAILURE.multipliedBy(queued.failures()), queued, error);
        }
    }

    private void attemptAfterThrottle(Queued queued, String error) {
        var delay = AFTER_THROTTLE.multipliedBy(1L << Math.min(queued.throttles(), 10));
        attemptAfter(
                delay.compareTo(LONGEST_AFTER_THROTTLE) > 0 ? LONGEST_AFTER_THROTTLE : delay,
                queued.throttled(),
                error);
    }

    private void attemptAfter(Duration delay, Queued queued, String error) {
        if (time.now().plus(delay).isAfter(queued.expires())) {
            drop(error);
        } else {
            time.after(delay, () -> attempt(queued));
        }
    }

    private void drop(String error) {
        failedByError.merge(error, 1, Integer::sum);
        lastEnd = time.now();
    }

    /** The events that were given up, by the last error. */
    public Map<String, Integer> failedByError() {
        return Collections.unmodifiableMap(failedByError);
    }

    public long invocations() {
        return invocations;
    }

    /** The start of an execution environment is billed as well. */
    public long billedMillis() {
        return billedMillis;
    }

    /** When the last invocation ended or the last event was given up, or null. */
    public Instant lastEnd() {
        return lastEnd;
    }
}
