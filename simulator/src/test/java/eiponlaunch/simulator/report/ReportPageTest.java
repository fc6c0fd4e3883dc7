package eiponlaunch.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);
    private static final Pattern FETCH =
            Pattern.compile("(?i)(?:\\b(?:src|href|action|srcset)\\s*=|url\\(|@import)\\s*[\"']?+(?!data:|#)[^\\s>]+");

    @TempDir
    private Path folder;

    private SimulationResult result;

    @Test
    void theFiguresAreThoseOfTheResult() throws IOException {
        var run = data(page(recording("EipOnLaunch", 30, launchEvent()))).at("/runs/0");

        assertThat(run.get("result")).isEqualTo(JSON.readTree(JSON.writeValueAsString(result)));
        assertThat(run.get("continued")).hasSize(result.continued());
        assertThat(run.at("/continued/" + (result.continued() - 1)).asLong())
                .isEqualTo(Math.round(result.secondsToLastContinue() * 1000));
    }

    @Test
    void theCallsOfAllIntervalsAddUpToTheResult() throws IOException {
        var apis = data(page(recording("EipOnLaunch", 120, launchEvent()))).at("/runs/0/apis");

        var throttled = 0L;
        var conflicts = 0L;
        for (var api : apis) {
            var calls = sum(api.get("answered")) + sum(api.get("conflicts")) + sum(api.get("failed"));
            assertThat(calls + sum(api.get("throttled")))
                    .isEqualTo(result.apiCalls().get(api.get("name").asText()));
            throttled += sum(api.get("throttled"));
            conflicts += sum(api.get("conflicts"));
        }
        assertThat(throttled).isPositive().isEqualTo(result.throttled());
        assertThat(conflicts).isEqualTo(result.conflicts());
        assertThat(apis).hasSize(result.apiCalls().size());
    }

    @Test
    void theLimitComesFromTheSettings() throws IOException {
        var limit = data(page(recording("EipOnLaunch", 2, launchEvent()))).at("/runs/0/limit");

        var rate = CloudSettings.documented().rates().get("AssociateAddress");
        assertThat(limit.get("most").asInt()).isEqualTo(2);
        assertThat(limit.at("/rate/tokens").asDouble()).isEqualTo(rate.tokens());
        assertThat(limit.at("/rate/perSecond").asDouble()).isEqualTo(rate.perSecond());
    }

    @Test
    void everyExecutionHasItsStatesAndTheirInputs() throws IOException {
        var event = launchEvent();
        var run = data(page(recording("EipOnLaunch", 1, event))).at("/runs/0");
        var execution = run.at("/executions/1");

        assertThat(execution.get("instanceId").asText()).isEqualTo("i-0123456789abcdef0");
        assertThat(execution.get("token").asText()).isEqualTo("87654321-4321-4321-4321-210987654321");
        assertThat(execution.get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(pooled(run, execution.get("input").asInt())).isEqualTo(JSON.valueToTree(event));
        assertThat(stream(execution.get("visits"))
                        .map(visit -> run.at("/states/" + visit.get(0).asInt() + "/name")
                                .asText()))
                .containsExactly(
                        "FindFreeEip", "EipFound", "AssociateEip", "EipAssociated", "CompleteLifecycleContinue");
        assertThat(pooled(run, execution.at("/visits/0/3").asInt())).isEqualTo(JSON.valueToTree(event));
        assertThat(pooled(run, execution.get("output").asInt()).get("result").asText())
                .isEqualTo("CONTINUE");
    }

    @Test
    void anInputThatEndsAScriptElementIsOnlyData() throws IOException {
        var hostile = "</script><script>alert(1)</script><!-- <script> & \u2028";
        var event = launchEvent();
        event.put("account", hostile);

        var page = page(recording("EipOnLaunch", 1, event));

        assertThat(page).doesNotContain("alert(1)</script>");
        var run = data(page).at("/runs/0");
        assertThat(pooled(run, run.at("/executions/0/input").asInt())
                        .get("account")
                        .asText())
                .isEqualTo(hostile);
    }

    @Test
    void aMalformedEventIsShownAsItIs() throws IOException {
        var run =
                data(page(recording("EipOnLaunch", 1, List.of("no", "event")))).at("/runs/0");

        assertThat(run.at("/executions/0/instanceId").asText()).isEmpty();
        assertThat(pooled(run, run.at("/executions/0/input").asInt()))
                .isEqualTo(JSON.valueToTree(List.of("no", "event")));
    }

    @Test
    void thePageFetchesNothing() throws IOException {
        var page = page(recording("EipOnLaunch", 1, launchEvent()));

        assertThat(FETCH.matcher(DATA.matcher(page).replaceAll("")).results().map(match -> match.group()))
                .isEmpty();
        assertThat(page).contains("default-src 'none'").doesNotContain("{{");
        assertThat(page).contains("MIT License").contains("uPlot");
    }

    @Test
    void twoRunsShareTheirAxes() throws IOException {
        var page = data(
                page(recording("EipOnLaunch", 5, launchEvent()), recording("another strategy", 60, launchEvent())));

        assertThat(page.at("/runs/0/name").asText()).isEqualTo("EipOnLaunch");
        assertThat(page.at("/runs/1/name").asText()).isEqualTo("another strategy");
        assertThat(page.at("/runs/0/apis/0/answered")).hasSameSizeAs(page.at("/runs/1/apis/0/answered"));
        assertThat(page.at("/runs/0/apis/0/tokensLeft")).hasSameSizeAs(page.at("/runs/1/apis/0/tokensLeft"));
    }

    /** A key of the result that has no words would be shown as it is. */
    @Test
    void everyFigureHasWords() throws IOException {
        var script = Files.readString(Path.of("src/main/resources/report/report.js"));
        var words = script.substring(
                script.indexOf("const WORDS = {"), script.indexOf("};", script.indexOf("const WORDS")));
        var keys = Stream.of(SimulationResult.class, SimulationResult.Percentiles.class)
                .flatMap(type -> Stream.of(type.getRecordComponents()))
                .map(RecordComponent::getName);

        assertThat(Pattern.compile("(\\w+): \"").matcher(words).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(keys.toList());
    }

    @Test
    void watchingARunDoesNotChangeIt() throws IOException {
        recording("EipOnLaunch", 80, launchEvent());
        var watched = result;
        var unwatched = new Simulation(settings(80, 80, launchEvent())).run();

        assertThat(watched).isEqualTo(unwatched);
    }

    private Recording recording(String name, int launches, Object event) throws IOException {
        return recording(name, launches, launches, event);
    }

    private Recording recording(String name, int launches, int pool, Object event) throws IOException {
        var settings = settings(launches, pool, event);
        var simulation = new Simulation(settings);
        var recorder = Recorder.watch(simulation);
        result = simulation.run();
        return recorder.recording(name, settings, result);
    }

    private static SimulationSettings settings(int launches, int pool, Object event) {
        return SimulationSettings.of(ProjectFiles.find(), List.of(event))
                .launches(launches)
                .pool(pool)
                .build();
    }

    private String page(Recording... recordings) throws IOException {
        var file = folder.resolve("report.html");
        new ReportPage(List.of(recordings)).write(file);
        return Files.readString(file);
    }

    private static JsonNode data(String page) throws IOException {
        var data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return JSON.readTree(data.group(1));
    }

    /** As the page's scripts read a value. */
    private static JsonNode pooled(JsonNode run, int number) {
        var entry = run.at("/values/" + number);
        if (entry.isArray()) {
            var items = new ArrayList<JsonNode>();
            entry.forEach(item -> items.add(inside(run, item)));
            return JSON.valueToTree(items);
        }
        if (entry.isObject()) {
            var members = new LinkedHashMap<String, JsonNode>();
            entry.properties().forEach(member -> members.put(member.getKey(), inside(run, member.getValue())));
            return JSON.valueToTree(members);
        }
        return entry;
    }

    private static JsonNode inside(JsonNode run, JsonNode value) {
        return value.isArray() ? pooled(run, value.get(0).asInt()) : value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> launchEvent() throws IOException {
        return (Map<String, Object>) ProjectFiles.json(ProjectFiles.find().event("launch.json"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static long sum(JsonNode numbers) {
        return stream(numbers).mapToLong(JsonNode::asLong).sum();
    }
}
