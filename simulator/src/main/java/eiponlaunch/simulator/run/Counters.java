package eiponlaunch.simulator.run;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.ApiCallListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what becomes of the launches. */
final class Counters implements WorldListener, ApiCallListener {
    private final VirtualTime time;
    private int launches;
    private int continued;
    private int abandoned;
    private int expired;
    private final List<String> abandonedTokens = new ArrayList<>();
    private long conflicts;
    private Instant lastContinue;
    private final Map<String, Instant> started = new HashMap<>();
    private final List<Double> secondsToContinue = new ArrayList<>();

    Counters(VirtualTime time) {
        this.time = time;
    }

    @Override
    public void actionStarted(LifecycleHold hold) {
        launches += hold.terminating() ? 0 : 1;
        started.put(hold.token(), time.now());
    }

    @Override
    public void called(ApiCall call) {
        conflicts += call.outcome() == ApiCall.Outcome.CONFLICT ? 1 : 0;
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        if (hold.terminating()) {
            return;
        }
        if (result.equals("CONTINUE")) {
            continued++;
            lastContinue = time.now();
            secondsToContinue.add(
                    Duration.between(started.get(hold.token()), lastContinue).toMillis() / 1000.0);
        } else {
            abandoned++;
            abandonedTokens.add(hold.token());
        }
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        if (!hold.terminating()) {
            expired++;
        }
    }

    int launches() {
        return launches;
    }

    int continued() {
        return continued;
    }

    int abandoned() {
        return abandoned;
    }

    List<String> abandonedTokens() {
        return abandonedTokens;
    }

    int expired() {
        return expired;
    }

    long conflicts() {
        return conflicts;
    }

    /** When the last launch went on, or null. */
    Instant lastContinue() {
        return lastContinue;
    }

    /** How long the launches that went on were held, or null. */
    SimulationResult.Percentiles secondsToContinue() {
        if (secondsToContinue.isEmpty()) {
            return null;
        }
        var sorted = secondsToContinue.stream().sorted().toList();
        return new SimulationResult.Percentiles(
                sorted.get(sorted.size() / 2), sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1));
    }
}
