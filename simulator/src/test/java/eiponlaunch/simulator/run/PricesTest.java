package eiponlaunch.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import eiponlaunch.simulator.comparison.StrategyName;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {
    @Test
    void dollarsAddUpFromThePrices() {
        var prices = new Prices(1_000_000, 10, 100, 1000);

        assertThat(prices.dollars(1, 0, "arm64", 0)).isEqualTo(1);
        assertThat(prices.dollars(0, 1, "arm64", 0)).isEqualTo(10);
        assertThat(prices.dollars(0, 1, "x86_64", 0)).isEqualTo(100);
        assertThat(prices.dollars(0, 0, "arm64", 1)).isEqualTo(1);
        assertThat(prices.dollars(3, 2, "arm64", 4)).isEqualTo(27);
    }

    @Test
    void theWorkflowPaysForTransitionsAndTheTemplatesMemory() throws IOException {
        var result = run(StrategyName.WORKFLOW, 1);

        var memory = (int) SamTemplate.read(ProjectFiles.find().template(), Map.of())
                .properties("AssociateEip")
                .get("MemorySize");
        assertThat(result.memoryMegabytes()).isEqualTo(memory);
        assertThat(result.gbSeconds()).isEqualTo(result.lambdaMillis() / 1000.0 * memory / 1024);
        assertThat(result.dollars())
                .isCloseTo(
                        result.transitions() * 0.000025
                                + result.lambdaInvocations() * 0.0000002
                                + result.gbSeconds() * 0.0000133334,
                        within(1e-12));
    }

    @Test
    void theLoopPaysForTheTimeItSleeps() throws IOException {
        var result = run(StrategyName.ARTICLE_LOOP, 0);

        assertThat(result.gbSeconds()).isCloseTo(600.001 / 8, within(1e-9));
        assertThat(result.dollars()).isCloseTo(600.001 / 8 * 0.0000133334 + 0.0000002, within(1e-12));
    }

    /** docs/cost.md has the figures; the seconds are an assumption, of a cold start and three calls. */
    @Test
    void aMonthOfScheduledRunsThatFindNothingCostsLessThanHalfADollar() {
        var runs = 730 * 60 / 15;
        var gbSeconds = runs * 2.2 * 1769 / 1024;

        assertThat(runs).isEqualTo(2920);
        assertThat(gbSeconds).isCloseTo(11_098, within(1.0));
        assertThat(Prices.published().dollars(runs, gbSeconds, "arm64", 3L * runs))
                .isCloseTo(0.368, within(0.0005))
                .isLessThan(0.5);
    }

    @Test
    void theLoopIsCheaperForAQuietLaunchAndForALongWait() throws IOException {
        for (var pool : List.of(0, 1)) {
            assertThat(run(StrategyName.ARTICLE_LOOP, pool).dollars())
                    .isLessThan(run(StrategyName.WORKFLOW, pool).dollars());
        }
    }

    private static SimulationResult run(StrategyName strategy, int pool) throws IOException {
        var files = ProjectFiles.find();
        var event = ProjectFiles.json(files.event("launch.json"));
        return new Simulation(
                        SimulationSettings.of(files, List.of(event))
                                .pool(pool)
                                .cloud(CloudSettings.instant())
                                .build(),
                        strategy,
                        Prices.published())
                .run();
    }
}
