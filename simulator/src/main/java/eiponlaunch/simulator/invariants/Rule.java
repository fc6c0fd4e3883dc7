package eiponlaunch.simulator.invariants;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.HistoryEvent;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.ApiCall;
import eiponlaunch.simulator.world.api.ApiCallListener;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.DisturbanceListener;
import java.util.function.Consumer;

/** A rule that must hold at every step of every run. It is told what happens, and reports what breaks it. */
abstract class Rule implements WorldListener, ExecutionListener, ApiCallListener, DisturbanceListener {
    private final Consumer<String> broken;

    /** @param broken is told of each break */
    Rule(Consumer<String> broken) {
        this.broken = broken;
    }

    final void check(boolean holds, String violation) {
        if (!holds) {
            broken.accept(violation);
        }
    }

    @Override
    public void onEvent(Execution execution, HistoryEvent event) {}

    @Override
    public void called(ApiCall call) {}

    @Override
    public void disturbed(Disturbance disturbance) {}

    /** The run is over: looks at what only that shows. */
    void atEnd() {}
}
