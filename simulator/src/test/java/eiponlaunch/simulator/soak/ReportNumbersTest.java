package eiponlaunch.simulator.soak;

import static org.assertj.core.api.Assertions.assertThat;

import asl.time.Seed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.comparison.StrategyName;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.report.Recorder;
import eiponlaunch.simulator.report.ReportPage;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Prices;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page shows what the result says, also where launches, terminations and faults meet. */
class ReportNumbersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void thePageAndTheResultHaveTheSameNumbers(int number) throws IOException {
        var batch = Batch.of(new Seed(5), number, Profile.DOCUMENTED, EnumSet.allOf(FaultName.class));
        var files = ProjectFiles.find();
        var settings = batch.settings(files, ProjectFiles.json(files.event("launch.json")), Deployment.SHIPPED);
        var simulation = new Simulation(settings, StrategyName.WORKFLOW, Prices.published());
        var recorder = Recorder.watch(simulation);
        var result = simulation.run();

        var file = folder.resolve("report.html");
        new ReportPage(List.of(recorder.recording("workflow", settings, result))).write(file);
        var data = DATA.matcher(Files.readString(file));
        assertThat(data.find()).isTrue();
        var run = JSON.readTree(data.group(1)).at("/runs/0");

        assertThat(run.get("result")).as(batch.replay()).isEqualTo(JSON.readTree(JSON.writeValueAsString(result)));
        assertThat(run.get("continued")).as(batch.replay()).hasSize(result.continued());
        assertThat(run.at("/launches").intValue()).isEqualTo(result.launches());
        for (var api : run.get("apis")) {
            var calls = 0L;
            for (var ending : List.of("answered", "conflicts", "failed", "throttled")) {
                calls += sum(api.get(ending));
            }
            assertThat(Map.of(api.get("name").textValue(), calls))
                    .as(batch.replay())
                    .isEqualTo(Map.of(
                            api.get("name").textValue(),
                            result.apiCalls().get(api.get("name").textValue())));
        }
        assertThat(result.abandonedByError().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .as(batch.replay())
                .isEqualTo(result.abandoned());
        assertThat(result.abandonedByCause().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .as(batch.replay())
                .isEqualTo(result.abandoned());
    }

    private static long sum(JsonNode numbers) {
        var sum = 0L;
        for (var number : numbers) {
            sum += number.longValue();
        }
        return sum;
    }
}
