package eiponlaunch.simulator.soak;

import static org.assertj.core.api.Assertions.assertThat;

import asl.execution.HistoryEvent;
import asl.time.Seed;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.Profile;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The same seed gives the same report, byte for byte. */
class SameHistoryTest {
    private static final Class<?> OF_ANY_ORDER = Map.of("one", 1, "two", 2).getClass();

    /** Those of Map.of have another order in each JVM. Here are runs of Reconcile, terminations and launches. */
    @Test
    void allObjectsInAHistoryKeepTheirOrder() throws IOException {
        var found = new TreeSet<String>();
        for (var number = 0; number < 4; number++) {
            var batch = Batch.of(new Seed(5), number, Profile.DOCUMENTED, EnumSet.allOf(FaultName.class));
            var files = ProjectFiles.find();
            var simulation = new Simulation(
                    batch.settings(files, ProjectFiles.json(files.event("launch.json")), Deployment.SHIPPED));
            simulation.listenToExecutions((execution, event) -> {
                if (hasNoOrder(event.details())) {
                    found.add(place(execution.stateMachineArn(), event));
                }
            });
            simulation.run();
        }

        assertThat(found).isEmpty();
    }

    private static String place(String stateMachine, HistoryEvent event) {
        return stateMachine.substring(stateMachine.lastIndexOf(':') + 1) + " " + event.stateName() + " " + event.type();
    }

    private static boolean hasNoOrder(Object json) {
        if (json instanceof Map<?, ?> object) {
            return object.size() > 1 && OF_ANY_ORDER.isInstance(object)
                    || object.values().stream().anyMatch(SameHistoryTest::hasNoOrder);
        }
        return json instanceof List<?> array && array.stream().anyMatch(SameHistoryTest::hasNoOrder);
    }
}
