package eiponlaunch.simulator.run;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.HistoryEvent;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Replaces a group's instances batch by batch. A batch is over when all its launches went on and the pause has passed; a
 * launch that did not go on is repeated, as the group does it. Auto Scaling replaces instances one by one within the same
 * percentages, so batches are an assumption, and one that asks most of the pool.
 */
final class Refresh implements WorldListener, ExecutionListener {
    /** A refresh that needs more launches for each instance does not end. */
    private static final int LAUNCHES_PER_INSTANCE = 5;

    private final RefreshSettings settings;
    private final HookEvent model;
    private final Instances instances;
    private final VirtualTime time;
    private final Deque<HookEvent> old = new ArrayDeque<>();
    private final Map<String, Instant> launching = new HashMap<>();
    private final Set<String> waited = new HashSet<>();
    private int batch;
    private int launches;
    private Duration longestLaunch = Duration.ZERO;
    private Instant end;

    Refresh(RefreshSettings settings, HookEvent model, Instances instances, VirtualTime time) {
        this.settings = settings;
        this.model = model;
        this.instances = instances;
        this.time = time;
    }

    /** What it came to. */
    RefreshResult result(int pool) {
        return new RefreshResult(
                settings.size(),
                pool,
                end == null ? null : Duration.between(model.begins(), end).toMillis() / 1000.0,
                launches,
                waited.size(),
                longestLaunch.toMillis() / 1000.0);
    }

    void start() {
        old.addAll(instances.serve(model, settings.size()));
        time.at(model.begins(), this::nextBatch);
    }

    private void nextBatch() {
        if (old.isEmpty()) {
            end = time.now();
            return;
        }
        batch = Math.min(settings.batch(), old.size());
        if (!settings.launchesFirst()) {
            terminateBatch();
        }
        for (var number = 0; number < batch; number++) {
            launch();
        }
    }

    private void launch() {
        if (launches == LAUNCHES_PER_INSTANCE * settings.size()) {
            return;
        }
        var launch = model.another(++launches, 0, time.now().plus(Instances.PENDING));
        launching.put(launch.token(), launch.begins());
        instances.schedule(launch);
    }

    private void terminateBatch() {
        for (var number = 0; number < batch; number++) {
            instances.terminate(old.pop().at(time.now()));
        }
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        ended(hold, result.equals("CONTINUE"));
    }

    @Override
    public void actionExpired(LifecycleHold hold) {
        ended(hold, false);
    }

    private void ended(LifecycleHold hold, boolean inService) {
        var began = launching.remove(hold.token());
        if (began == null) {
            return; // a termination
        }
        if (!inService) {
            launch();
            return;
        }
        var took = Duration.between(began, time.now());
        longestLaunch = took.compareTo(longestLaunch) > 0 ? took : longestLaunch;
        if (launching.isEmpty()) {
            time.after(settings.pause(), () -> {
                if (settings.launchesFirst()) {
                    terminateBatch();
                }
                nextBatch();
            });
        }
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        if (event.type().equals("WaitStateEntered") && "WaitForFreeEip".equals(event.stateName())) {
            waited.add(execution.name());
        }
    }
}
