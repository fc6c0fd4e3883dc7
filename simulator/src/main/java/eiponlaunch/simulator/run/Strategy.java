package eiponlaunch.simulator.run;

import asl.execution.Execution;
import asl.execution.ExecutionObserver;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.LifecycleHold;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What answers the lifecycle hooks' events: the shipped workflow, or something to compare it with. */
interface Strategy {
    /**
     * A lifecycle hook's event is delivered, now. That of a termination only comes to a strategy that releases early.
     *
     * @param event any JSON
     * @param delivery a name of this delivery
     */
    void onEvent(Object event, String delivery);

    /** An operator starts a state machine, now. */
    default Execution startExecution(String stateMachine, String name, Object input) {
        throw new UnsupportedOperationException("There is no state machine " + stateMachine);
    }

    /** Shows every event of every execution, as it happens, to {@code observer}; a strategy may have no executions. */
    default void observe(ExecutionObserver observer) {}

    default List<Execution> executions() {
        return List.of();
    }

    /** What failed, by error. */
    Map<String, Integer> failedByError();

    /** State transitions that Step Functions bills. */
    long transitions();

    long invocations();

    /** Billed Lambda duration of all invocations. */
    long billedMillis();

    /** Memory of each of its functions. */
    int memoryMegabytes();

    /** Until when this strategy may associate an address with a launching instance. */
    Instant deadline(LifecycleHold hold);

    /** The stack that serves this group's launches. */
    SamTemplate stack(String group);

    /** When the last work ended, or null when there was none. */
    Instant lastEnd();
}
