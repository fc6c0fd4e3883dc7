package eiponlaunch.simulator.world.api;

import asl.execution.TaskRequest;
import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.world.api.ApiCall.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What every simulated API call goes through: it is counted, takes time, may be throttled, and may meet a fault.
 *
 * <p>A handler runs at one instant of virtual time, so all its calls take effect at that instant; the time they take is
 * added up and charged to the invocation afterwards. Since a handler makes one effectful call at most, this hides no
 * interleaving of effects.
 */
public final class SimulatedApi {
    /** The functions' clients give up after this long. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(6);

    private final VirtualTime time;
    private final CloudSettings settings;
    private final Faults faults;
    private final SplittableRandom random;
    private final Map<String, TokenBucket> buckets = new HashMap<>();
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<String, Long> throttled = new TreeMap<>();
    private final List<ApiCallListener> listeners = new ArrayList<>();
    private final List<DisturbanceListener> disturbanceListeners = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;
    private TaskRequest attempt;

    public SimulatedApi(VirtualTime time, CloudSettings settings, Faults faults, Seed seed) {
        this.time = time;
        this.settings = settings;
        this.faults = faults;
        this.random = seed.fork("api").random();
    }

    /** Shows every call, as it ends, to {@code listener}. */
    public void listen(ApiCallListener listener) {
        listeners.add(listener);
    }

    /** Reports each failure in a task, as it happens, to {@code listener}. */
    public void listenToDisturbances(DisturbanceListener listener) {
        disturbanceListeners.add(listener);
    }

    /** The calls that follow, until the next time, are those of this attempt; what calls before it took is not its time. */
    public void begin(TaskRequest task) {
        attempt = task;
        elapsed = Duration.ZERO;
    }

    /** The instance that the execution is about whose attempt at a task makes its calls now; nothing when it is about none. */
    public Optional<String> instanceOfAttempt() {
        return attempt != null
                        && attempt.execution().input() instanceof Map<?, ?> event
                        && event.get("detail") instanceof Map<?, ?> detail
                        && detail.get("EC2InstanceId") instanceof String id
                ? Optional.of(id)
                : Optional.empty();
    }

    /** Something went wrong with an attempt at a task. */
    public void disturbed(TaskRequest task, String what, Disturbance.Kind kind) {
        if (!disturbanceListeners.isEmpty()) {
            var disturbance = new Disturbance(task.execution(), task.stateName(), what, kind);
            disturbanceListeners.forEach(listener -> listener.disturbed(disturbance));
        }
    }

    /** Something went wrong with the attempt at a task that makes its calls now. */
    public void disturbed(String api, Disturbance.Kind kind) {
        if (attempt != null) {
            disturbed(attempt, api, kind);
        }
    }

    /**
     * Makes one call.
     *
     * @param refusal builds the service's exception
     * @param effect what the service does
     */
    public <T> T call(String api, Refusal refusal, Supplier<T> effect) {
        return call(api, refusal, effect, result -> 1);
    }

    /**
     * Makes one call whose answer may be large.
     *
     * @param items how many things the answer lists
     */
    public <T> T call(String api, Refusal refusal, Supplier<T> effect, ToIntFunction<T> items) {
        calls.merge(api, 1L, Long::sum);
        var fault = faults.onCall(api, time.now());
        var latency = fault.kind() == CallFault.Kind.TIMEOUT_BEFORE_EFFECT
                        || fault.kind() == CallFault.Kind.TIMEOUT_AFTER_EFFECT
                ? CALL_TIMEOUT
                : settings.callLatencies().getOrDefault(api, Latency.NONE).sample(random);
        elapsed = elapsed.plus(latency);
        if (fault.kind() == CallFault.Kind.REFUSED) {
            throw failed(api, fault, false, refusal.of(fault.code(), fault.status(), fault.message()));
        }
        if (fault.kind() == CallFault.Kind.TIMEOUT_BEFORE_EFFECT) {
            throw failed(api, fault, false, timeout());
        }
        if (fault.kind() == CallFault.Kind.TIMEOUT_AFTER_EFFECT) {
            throw failed(api, fault, takesEffect(api, effect), timeout());
        }
        if (!bucket(api).take(time.now())) {
            throttled.merge(api, 1L, Long::sum);
            disturbed(api, Disturbance.Kind.THROTTLED);
            ended(api, Outcome.THROTTLED, false);
            throw refusal.throttled();
        }
        var result = take(api, refusal, effect, latency);
        var reading = settings.payload().of(api, items.applyAsInt(result));
        if (latency.plus(reading).compareTo(CALL_TIMEOUT) > 0) {
            timedOut(latency);
            disturbed(api, Disturbance.Kind.TIMED_OUT);
            ended(api, Outcome.FAILED, true);
            throw timeout();
        }
        elapsed = elapsed.plus(reading);
        ended(api, Outcome.ANSWERED, true);
        return result;
    }

    /** Whether it gets a token. Its answer is lost, and a refusal is an answer as well. */
    private <T> boolean takesEffect(String api, Supplier<T> effect) {
        if (!bucket(api).take(time.now())) {
            return false;
        }
        try {
            effect.get();
        } catch (SdkException e) {
            // the caller does not hear of it
        }
        return true;
    }

    private <T> T take(String api, Refusal refusal, Supplier<T> effect, Duration latency) {
        try {
            return effect.get();
        } catch (SdkException e) {
            if (e instanceof ApiCallTimeoutException) {
                timedOut(latency);
            }
            ended(api, refusal.isConflict(e) ? Outcome.CONFLICT : Outcome.FAILED, true);
            throw e;
        }
    }

    /** The caller waited for longer than the latency that was counted already. */
    private void timedOut(Duration counted) {
        elapsed = elapsed.minus(counted).plus(CALL_TIMEOUT);
    }

    private SdkException failed(String api, CallFault fault, boolean tookToken, SdkException failure) {
        disturbed(api, Disturbance.Kind.of(fault));
        ended(api, Outcome.FAILED, tookToken);
        return failure;
    }

    private void ended(String api, Outcome outcome, boolean tookToken) {
        if (!listeners.isEmpty()) {
            var execution = Optional.ofNullable(attempt).map(TaskRequest::execution);
            var call =
                    new ApiCall(api, time.now(), outcome, tookToken, bucket(api).tokens(time.now()), execution);
            listeners.forEach(listener -> listener.called(call));
        }
    }

    /** Whether a call that no function makes gets a token; it is not counted with theirs. */
    public boolean grants(String api) {
        return bucket(api).take(time.now());
    }

    /** How long something has to wait that is delayed, and not refused, where its bucket is empty. */
    public Duration delay(String api) {
        return bucket(api).reserve(time.now());
    }

    public Faults faults() {
        return faults;
    }

    public Instant now() {
        return time.now();
    }

    /** The instant whose state an eventually consistent read sees if it is made now. */
    public Instant readTime() {
        var age = Duration.ofNanos(
                        (long) (random.nextDouble() * settings.staleness().toNanos()))
                .plus(faults.onRead());
        return time.now().minus(age.compareTo(Catalogue.OLDEST_READ) > 0 ? Catalogue.OLDEST_READ : age);
    }

    /** The time that the calls since the last time of asking took. */
    public Duration takeElapsed() {
        var taken = elapsed;
        elapsed = Duration.ZERO;
        return taken;
    }

    public Map<String, Long> calls() {
        return Collections.unmodifiableMap(calls);
    }

    public Map<String, Long> throttled() {
        return Collections.unmodifiableMap(throttled);
    }

    private TokenBucket bucket(String api) {
        return buckets.computeIfAbsent(
                settings.bucketOf(api), name -> new TokenBucket(settings.rateOf(api), time.now()));
    }

    /** What the caller gets of a call that stays without an answer. */
    public static SdkException timeout() {
        return ApiCallTimeoutException.create(CALL_TIMEOUT.toMillis());
    }

    /** Builds the exceptions of one service. */
    public interface Refusal {
        SdkException of(String code, int status, String message);

        SdkException throttled();

        /** Whether the service refused the call because somebody else was first. */
        default boolean isConflict(SdkException refused) {
            return false;
        }
    }
}
