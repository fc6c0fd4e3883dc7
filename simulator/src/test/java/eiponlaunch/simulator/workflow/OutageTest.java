package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.Outage;
import eiponlaunch.simulator.faults.Service;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Services that answer nothing but errors for a while, from the launch on: a launch is lost only when that lasts too long. */
class OutageTest {
    private static final int LAUNCHES = 20;

    /** Finding and associating ends 600 seconds after the event, the heartbeat 720. */
    private static final int[] SECONDS = {10, 30, 45, 60, 120, 300, 450, 590};

    static Stream<Arguments> outages() {
        return Arrays.stream(Service.values())
                .flatMap(first -> Arrays.stream(Service.values())
                        .filter(second -> second.compareTo(first) >= 0)
                        .map(second -> EnumSet.of(first, second)))
                .flatMap(services -> IntStream.of(SECONDS).mapToObj(seconds -> Arguments.of(services, seconds)));
    }

    static Stream<Arguments> outagesOfCompletions() {
        return Stream.of(600, 650, 700).map(seconds -> Arguments.of(EnumSet.of(Service.AUTO_SCALING), seconds));
    }

    @ParameterizedTest(name = "{0} for {1} s")
    @MethodSource({"outages", "outagesOfCompletions"})
    void noLaunchIsLost(Set<Service> services, int seconds) {
        for (var seed = 1; seed <= 3; seed++) {
            var run = run(services, seconds, seed);

            assertThat(run.result.continued()).as("seed %d", seed).isEqualTo(LAUNCHES);
            assertThat(run.result.violations()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} for {1} s")
    @MethodSource("outagesToTheEnd")
    void whatLastsTooLongEndsEveryExecutionInTime(Set<Service> services, int seconds) {
        var run = run(services, seconds, 1);

        assertThat(run.result.continued()).isZero();
        assertThat(run.result.violations()).isEmpty();
        assertThat(run.simulation().executions())
                .allSatisfy(
                        execution -> assertThat(execution.stop().orElseThrow()).isBefore(EVENT.plusSeconds(735)));
    }

    static Stream<Arguments> outagesToTheEnd() {
        return Arrays.stream(Service.values()).map(service -> Arguments.of(EnumSet.of(service), 2000));
    }

    private static Workflow.Run run(Set<Service> services, int seconds, int seed) {
        var workflow = new Workflow()
                .launches(LAUNCHES)
                .pool(LAUNCHES)
                .cloud(CloudSettings.documented())
                .seed(seed);
        services.forEach(service ->
                workflow.faults.outage(new Outage(service, EVENT.minusSeconds(60), EVENT.plusSeconds(seconds))));
        return workflow.run();
    }
}
