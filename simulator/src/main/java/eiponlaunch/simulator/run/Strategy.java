package eiponlaunch.simulator.run;

import asl.execution.Execution;
import asl.execution.ExecutionListener;
import eiponlaunch.simulator.invariants.Promises;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What answers the lifecycle hooks' events: the shipped workflow, or something to compare it with. */
public interface Strategy {
    /** Deploys a strategy in an account, for one stack. */
    @FunctionalInterface
    interface Deployer {
        /** @throws IOException when one of the project's files cannot be read */
        Strategy deploy(Account account, SimulationSettings settings) throws IOException;
    }

    /** Its name on the command line and in results. */
    String name();

    /** What it promises about time, for the rules to check; empty when it promises nothing. */
    default Optional<Promises> promises() {
        return Optional.empty();
    }

    /** Whether it also gets the events of terminations, for which there is a terminating hook then. */
    default boolean releasesEarly() {
        return false;
    }

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

    /** Shows every event of every execution, as it happens, to {@code listener}; a strategy may have no executions. */
    default void listen(ExecutionListener listener) {}

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
