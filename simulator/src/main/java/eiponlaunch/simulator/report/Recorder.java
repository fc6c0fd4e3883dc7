package eiponlaunch.simulator.report;

import asl.execution.Execution;
import asl.execution.ExecutionObserver;
import asl.execution.HistoryEvent;
import eiponlaunch.simulator.report.ApiCalls.Ending;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.world.ApiCall;
import eiponlaunch.simulator.world.ApiCallListener;
import eiponlaunch.simulator.world.LifecycleHold;
import eiponlaunch.simulator.world.WorldListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Watches one run and keeps what a report shows of it. It decides nothing: a run goes the same way unwatched. */
public final class Recorder implements ExecutionObserver, WorldListener, ApiCallListener {
    /** More would make a page that no browser opens gladly; the plots and the figures are of all launches in any case. */
    static final int MOST_EXECUTIONS = 5_000;

    private final Simulation simulation;
    private final Instant zero;
    private final ExecutionRecorder executions;
    private final Map<String, ApiCalls> calls = new TreeMap<>();
    private final List<Long> continued = new ArrayList<>();
    private boolean conflict;

    private Recorder(Simulation simulation) {
        this.simulation = simulation;
        this.zero = simulation.firstEvent();
        this.executions = new ExecutionRecorder(zero, MOST_EXECUTIONS);
    }

    /** A recorder that watches {@code simulation} from now on, which has yet to run. */
    public static Recorder watch(Simulation simulation) {
        var recorder = new Recorder(simulation);
        simulation.observe(recorder);
        simulation.listen(recorder);
        simulation.listenToCalls(recorder);
        return recorder;
    }

    /**
     * What was recorded, once the run is over.
     *
     * @param name what the page calls this run, such as the name of its strategy
     */
    public Recording recording(String name, SimulationSettings settings, SimulationResult result) {
        return new Recording(name, settings, result, List.copyOf(continued), Map.copyOf(calls), executions);
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {
        executions.onEvent(execution, event);
    }

    @Override
    public void actionCompleted(LifecycleHold hold, String result) {
        if (!hold.terminating() && result.equals("CONTINUE")) {
            continued.add(millis(simulation.time().now()));
        }
    }

    /** Comes just before the call that met it. */
    @Override
    public void conflict(String allocationId, String instanceId) {
        conflict = true;
    }

    @Override
    public void called(ApiCall call) {
        var ending =
                switch (call.outcome()) {
                    case ANSWERED -> Ending.ANSWERED;
                    case THROTTLED -> Ending.THROTTLED;
                    case FAILED -> conflict ? Ending.CONFLICT : Ending.FAILED;
                };
        conflict = false;
        calls.computeIfAbsent(call.api(), api -> new ApiCalls()).add(millis(call.at()), ending, call.tokensLeft());
    }

    private long millis(Instant instant) {
        return Duration.between(zero, instant).toMillis();
    }
}
