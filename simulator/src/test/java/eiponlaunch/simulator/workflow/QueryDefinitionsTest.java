package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.telemetry.Decisions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The saved queries find what they are named for in the lines that the shipped handlers write. */
class QueryDefinitionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The last line of a launch of the group, for a pool that is empty by then. */
    private static final String LATER = "i-0fedcba9876543210";

    private final Map<String, ByteArrayOutputStream> logs = new HashMap<>();
    private final SamTemplate template = template();

    @Test
    void whoHadThisAddressFindsTheAssociationsAndReleasesOfThatAddressAlone() {
        terminated();

        var found = rows("WhoHadThisAddress", "203.0.113.5", "198.18.0.1");

        assertThat(found).extracting(row -> row.get("decision")).containsExactly("Disassociated", "Associated");
        assertThat(found).extracting(row -> row.get("instanceId")).containsOnly(Workflow.INSTANCE);
        assertThat(found)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("allocationId", "eipalloc-00000000000000001")
                        .containsEntry("group", "forward-proxy")
                        .containsEntry("zone", "us-east-1a")
                        .containsKeys("@timestamp", "hook"));
        assertThat(rows("WhoHadThisAddress", "203.0.113.5", "198.18.0.2")).isEmpty();
    }

    @Test
    void whatBecameOfThisInstanceFindsEveryDecisionAboutItInOrder() {
        launched(1);

        assertThat(rows("WhatBecameOfThisInstance", "i-0123456789abcdef0", Workflow.INSTANCE))
                .extracting(row -> row.get("decision"))
                .containsExactly("Found", "Associated", "CONTINUE");
        assertThat(rows("WhatBecameOfThisInstance", "i-0123456789abcdef0", Workflow.INSTANCE))
                .extracting(row -> row.get("zone"))
                .startsWith("us-east-1a", "us-east-1a");
        assertThat(rows("WhatBecameOfThisInstance", "i-0123456789abcdef0", LATER))
                .isEmpty();
    }

    @Test
    void launchesThatFailedFindsThoseThatWereAbandonedAndNoOthers() {
        launched(0);

        assertThat(rows("LaunchesThatFailed", "", ""))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("instanceId", Workflow.INSTANCE)
                        .containsEntry("pool", "Application=ForwardProxy")
                        .containsKey("execution"));
        logs.clear();
        launched(1);
        assertThat(rows("LaunchesThatFailed", "", "")).isEmpty();
    }

    @Test
    void slowestLaunchesComesWithTheSlowestFirstAndWithoutRepairs() {
        var deployment = deployment();
        new ReconcileRun(2, 2)
                .with(workflow -> workflow.deployment(deployment).launches(1))
                .start(ReconcileRun.input(false))
                .run();

        var associated = log("AssociateEipLogs")
                .filter(line -> line.get("decision").asText().equals("Associated"));
        assertThat(associated).as("a launch and two repairs").hasSize(3);
        assertThat(rows("SlowestLaunches", "", ""))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("instanceId", Workflow.INSTANCE)
                        .containsEntry("zone", "us-east-1a"));

        logs.clear();
        new Workflow()
                .deployment(deployment())
                .launches(80)
                .pool(80)
                .cloud(CloudSettings.documented())
                .run();
        var seconds = rows("SlowestLaunches", "", "").stream()
                .map(row -> Double.parseDouble(row.get("SecondsToAssociate")))
                .toList();
        assertThat(seconds).hasSize(20).isSortedAccordingTo(Comparator.reverseOrder());
    }

    /** A repair is a line like a launch's, under a hook of its own. */
    @Test
    void aRepairIsFoundByItsAddress() {
        new ReconcileRun(1, 1)
                .with(workflow -> workflow.deployment(deployment()))
                .start(ReconcileRun.input(false))
                .run();

        assertThat(rows("WhoHadThisAddress", "203.0.113.5", "198.18.0.2"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("hook", "reconcile")
                        .containsEntry("group", ReconcileRun.GROUP)
                        .containsEntry("zone", "us-east-1a")
                        .containsEntry("instanceId", ReconcileRun.instance(1)));
    }

    private void launched(int pool) {
        new Workflow().deployment(deployment()).pool(pool).run();
    }

    /** The launch, and its termination an hour later. */
    private void terminated() {
        new Workflow()
                .deployment(deployment())
                .earlyRelease()
                .file("launch.json")
                .terminateEvent(event -> event.put(
                        "time", Workflow.EVENT.plus(Duration.ofHours(1)).toString()))
                .run();
    }

    private Deployment deployment() {
        return new Deployment() {
            @Override
            public RequestHandler<?, ?> handler(String function, RequestHandler<?, ?> shipped, Clients clients) {
                Decisions lines = new DecisionLog(
                        new PrintStream(
                                logs.computeIfAbsent(function + "Logs", name -> new ByteArrayOutputStream()),
                                true,
                                StandardCharsets.UTF_8),
                        clients.clock());
                return switch (function) {
                    case "FindFreeEip" ->
                        new FindFreeEipHandler(clients.ec2(), clients.autoScaling(), clients.clock(), lines);
                    case "AssociateEip" -> new AssociateEipHandler(clients.ec2(), clients.clock(), lines);
                    case "CompleteLifecycle" -> new CompleteLifecycleHandler(clients.autoScaling(), lines);
                    case "DisassociateEip" -> new DisassociateEipHandler(clients.ec2(), clients.autoScaling(), lines);
                    default -> shipped;
                };
            }
        };
    }

    private Stream<JsonNode> log(String group) {
        return logs.getOrDefault(group, new ByteArrayOutputStream())
                .toString(StandardCharsets.UTF_8)
                .lines()
                .map(QueryDefinitionsTest::line);
    }

    /** What the query shows of the lines in its log groups, with {@code value} in place of its example. */
    private List<Map<String, String>> rows(String query, String example, String value) {
        var properties = template.properties(query);
        var text = properties.get("QueryString").toString();
        assertThat(text).contains(example);
        var lines = ((List<?>) properties.get("LogGroupNames"))
                .stream()
                        .flatMap(group -> log(group.toString().replaceFirst(".*:", "")))
                        .toList();
        return new Query(text.replace("\"" + example + "\"", "\"" + value + "\"")).rows(lines);
    }

    private static JsonNode line(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SamTemplate template() {
        try {
            return SamTemplate.read(ProjectFiles.find().template(), Map.of("TerminateHookNames", "disassociate-eip"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * As much of Logs Insights' language as the queries use; anything else is an error.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html">Logs Insights QL</a>
     */
    private record Query(String text) {
        private static final Pattern EQUAL = Pattern.compile("filter (\\w+) = \"([^\"]*)\"");
        private static final Pattern IN = Pattern.compile("filter (\\w+) in \\[(.*)]");
        private static final Pattern PRESENT = Pattern.compile("filter ispresent\\((\\w+)\\)");
        private static final Pattern SORT = Pattern.compile("sort (\\S+) (asc|desc)");
        private static final Pattern LIMIT = Pattern.compile("limit (\\d+)");

        List<Map<String, String>> rows(List<JsonNode> lines) {
            var rows = new ArrayList<>(lines);
            var fields = List.<String>of();
            for (var command : text.split("\\s*\\|\\s*")) {
                var sort = SORT.matcher(command);
                var limit = LIMIT.matcher(command);
                if (command.startsWith("fields ")) {
                    fields = Arrays.asList(command.substring("fields ".length()).split(", "));
                } else if (sort.matches()) {
                    var order = Comparator.<JsonNode, Double>comparing(row -> number(row, sort.group(1)));
                    rows.sort(sort.group(2).equals("asc") ? order : order.reversed());
                } else if (limit.matches()) {
                    rows.subList(Math.min(rows.size(), Integer.parseInt(limit.group(1))), rows.size())
                            .clear();
                } else {
                    rows.removeIf(condition(command).negate());
                }
            }
            var shown = fields;
            return rows.stream().map(row -> shown(row, shown)).toList();
        }

        private static Predicate<JsonNode> condition(String command) {
            var equal = EQUAL.matcher(command);
            if (equal.matches()) {
                return row -> row.path(equal.group(1)).asText().equals(equal.group(2));
            }
            var in = IN.matcher(command);
            if (in.matches()) {
                var values = Arrays.asList(in.group(2).replace("\"", "").split(", "));
                return row -> values.contains(row.path(in.group(1)).asText());
            }
            var present = PRESENT.matcher(command);
            if (present.matches()) {
                return row -> row.hasNonNull(present.group(1));
            }
            throw new IllegalArgumentException("a query has " + command);
        }

        /** Insights takes a line's time for {@code @timestamp}. */
        private static JsonNode field(JsonNode row, String name) {
            return row.path(name.equals("@timestamp") ? "timestamp" : name);
        }

        private static double number(JsonNode row, String name) {
            return name.equals("@timestamp")
                    ? Instant.parse(field(row, name).asText()).toEpochMilli()
                    : field(row, name).asDouble();
        }

        private static Map<String, String> shown(JsonNode row, List<String> fields) {
            var shown = new HashMap<String, String>();
            for (var name : fields) {
                if (!field(row, name).isMissingNode()) {
                    shown.put(name, field(row, name).asText());
                }
            }
            return shown;
        }
    }
}
