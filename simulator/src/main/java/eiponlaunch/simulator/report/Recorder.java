package eiponlaunch.simulator.report;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.HistoryEvent;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.ApiCallListener;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Watches one run and keeps what a report shows of it. It decides nothing: a run goes the same way unwatched. */
public final class Recorder implements ExecutionListener, WorldListener, ApiCallListener {
    /** A page with more would be slow to open. The plots and figures always cover all launches. */
    static final int MOST_EXECUTIONS = 5_000;

    private final Simulation simulation;
    private final Instant zero;
    private final ExecutionRecorder executions;
    private final Map<String, ApiCalls> calls = new TreeMap<>();
    private final List<Long> continued = new ArrayList<>();

    private Recorder(Simulation simulation) {
        this.simulation = simulation;
        this.zero = simulation.firstEvent();
        this.executions = new ExecutionRecorder(zero, MOST_EXECUTIONS);
    }

    /** A recorder that watches {@code simulation} from now on, which has yet to run. */
    public static Recorder watch(Simulation simulation) {
        var recorder = new Recorder(simulation);
        simulation.listenToExecutions(recorder);
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

    @Override
    public void called(ApiCall call) {
        calls.computeIfAbsent(call.api(), api -> new ApiCalls())
                .add(millis(call.at()), call.outcome(), call.tokensLeft());
    }

    private long millis(Instant instant) {
        return Duration.between(zero, instant).toMillis();
    }
}
