package eiponlaunch.simulator.comparison;

import eiponlaunch.simulator.world.api.SimulatedApi;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes the calls of the loop's invocations as boto3 does. Every attempt takes effect at its own instant, so that the
 * calls of several invocations interleave.
 */
public final class Boto3 {
    private final SimulatedApi api;
    private final LegacyRetries retries;
    private final Duration readTimeout;
    private final SplittableRandom random;

    public Boto3(SimulatedApi api, LoopSettings settings, SplittableRandom random) {
        this.api = api;
        this.retries = new LegacyRetries(settings.attempts());
        this.readTimeout = settings.readTimeout();
        this.random = random;
    }

    /** Makes a call now, and continues with one of the two when it has been answered or given up. */
    <T> void call(
            Invocation invocation, Supplier<T> request, Consumer<T> onAnswer, Consumer<SdkException> onException) {
        attempt(1, invocation, request, onAnswer, onException);
    }

    private <T> void attempt(
            int number,
            Invocation invocation,
            Supplier<T> request,
            Consumer<T> onAnswer,
            Consumer<SdkException> onException) {
        api.takeElapsed(); // what others' calls took is not this one's
        try {
            var answer = request.get();
            invocation.after(api.takeElapsed(), () -> onAnswer.accept(answer));
        } catch (SdkException e) {
            var elapsed = e instanceof ApiCallTimeoutException ? readTimeout : api.takeElapsed();
            if (retries.retries(number, e)) {
                invocation.after(
                        elapsed.plus(LegacyRetries.delay(number, random.nextDouble())),
                        () -> attempt(number + 1, invocation, request, onAnswer, onException));
            } else {
                invocation.after(elapsed, () -> onException.accept(e));
            }
        }
    }
}
