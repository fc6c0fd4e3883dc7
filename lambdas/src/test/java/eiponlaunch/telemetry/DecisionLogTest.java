package eiponlaunch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.Events;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionLogTest {
    private static final LifecycleAction ACTION = LifecycleAction.of(Events.launch());
    private static final ElasticIp EIP = new ElasticIp("eipalloc-1", "203.0.113.10");

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final DecisionLog lines = new DecisionLog(
            new PrintStream(log, true, StandardCharsets.UTF_8), Clock.fixed(Events.TIME, ZoneOffset.UTC));

    /** What cannot be logged fails no launch. */
    @Test
    void aLogThatCannotBeWrittenFailsNothing() {
        var broken = new PrintStream(log) {
            @Override
            public void println(String line) {
                throw new IllegalStateException("broken pipe");
            }
        };
        var errors = new ByteArrayOutputStream();
        var before = System.err;
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            new DecisionLog(broken, Clock.systemUTC())
                    .report(new Decision("Found", ACTION, "Application=ForwardProxy", EIP, Map.of()));
        } finally {
            System.setErr(before);
        }

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("not logged")
                .contains("broken pipe");
    }

    /** Lambda takes the standard output for the function's log. */
    @Test
    void theFunctionsLogIsTheStandardOutput() {
        var before = System.out;
        System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            DecisionLog.toLog().report(new Decision("Found", ACTION, "Application=ForwardProxy", EIP, Map.of()));
        } finally {
            System.setOut(before);
        }

        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("\"decision\":\"Found\"")
                .endsWith("\n");
    }

    @Test
    void aDecisionIsOneLineKeyedByInstanceGroupHookAndExecution() {
        var line = reported(new Decision("Found", ACTION, "Application=ForwardProxy", EIP, Map.of()));

        assertThat(line).isEqualTo(Events.json("""
                {
                  "timestamp": "2026-01-31T12:00:00Z",
                  "level": "INFO",
                  "decision": "Found",
                  "instanceId": "i-0123456789abcdef0",
                  "group": "forward-proxy",
                  "hook": "associate-eip",
                  "execution": "1bb420efd0946a47d23b0ea034d9da25",
                  "pool": "Application=ForwardProxy",
                  "eip": "203.0.113.10",
                  "allocationId": "eipalloc-1"
                }
                """));
        assertThat(text()).endsWith("\n").containsOnlyOnce("\n");
    }

    @Test
    void noPartOfTheLifecycleTokenIsWritten() {
        lines.report(
                new Decision("CONTINUE", ACTION, "Application=ForwardProxy", null, Map.of(Metric.LaunchAbandoned, 1)));

        assertThat(text()).doesNotContain("87654321").doesNotContain("4321-4321");
    }

    @Test
    void aWarningIsOneLineWithTheSameKeys() {
        lines.warn(ACTION, "not meant");

        assertThat(Events.json(text())).isEqualTo(Events.json("""
                {
                  "timestamp": "2026-01-31T12:00:00Z",
                  "level": "WARN",
                  "message": "not meant",
                  "instanceId": "i-0123456789abcdef0",
                  "group": "forward-proxy",
                  "hook": "associate-eip",
                  "execution": "1bb420efd0946a47d23b0ea034d9da25"
                }
                """));
    }

    @Test
    void metricsAreEmbeddedByGroupAndPoolAndByPoolAlone() {
        var line = reported(new Decision(
                "PoolEmpty", ACTION, "Application=ForwardProxy", null, Map.of(Metric.PoolSize, 7, Metric.PoolFree, 0)));

        assertThat(line.get("_aws"))
                .isEqualTo(Events.json("""
                {
                  "Timestamp": 1769860800000,
                  "CloudWatchMetrics": [
                    {
                      "Namespace": "EipOnLaunch",
                      "Dimensions": [["group", "pool"], ["pool"]],
                      "Metrics": [{"Name": "PoolFree", "Unit": "Count"}, {"Name": "PoolSize", "Unit": "Count"}]
                    }
                  ]
                }
                """.replace("1769860800000", "" + Events.TIME.toEpochMilli())));
        assertThat(line.get("PoolFree")).isEqualTo(0.0);
        assertThat(line.get("PoolSize")).isEqualTo(7.0);
    }

    @Test
    void aLaunchThatIsNotKnownIsCountedByPoolAlone() {
        var line = reported(new Decision("Taken", null, null, EIP, Map.of(Metric.EipConflicts, 1)));

        assertThat(line.get("_aws").toString()).contains("Dimensions=[[pool]]");
        assertThat(line.get("pool")).isEqualTo("unknown");
        assertThat(line.containsKey("instanceId")).isFalse();
    }

    /** CloudWatch takes ASCII alone, and might drop all metrics of the line for the name of one old group. */
    @ParameterizedTest
    @CsvSource({"プロキシ, false", "'a group~', true"})
    void aGroupIsADimensionIfCloudWatchTakesItsNameAndIsToldInAnyCase(String group, boolean isDimension) {
        var event = Events.launch();
        Events.detail(event).put("AutoScalingGroupName", group);

        var line =
                reported(new Decision("Taken", LifecycleAction.of(event), "a=b", EIP, Map.of(Metric.EipConflicts, 1)));

        assertThat(line.get("_aws").toString())
                .contains("Dimensions=[" + (isDimension ? "[group, pool], " : "") + "[pool]]");
        assertThat(line).containsEntry("group", group).containsEntry("EipConflicts", 1.0);
    }

    @Test
    void anActionWithoutTokenIsReportedToo() {
        var event = Events.launch();
        Events.detail(event).remove("LifecycleActionToken");

        assertThat(reported(new Decision("ABANDON", LifecycleAction.of(event), null, null, Map.of())))
                .containsEntry("execution", null);
    }

    private Map<String, Object> reported(Decision decision) {
        lines.report(decision);
        return Events.object(text());
    }

    private String text() {
        return log.toString(StandardCharsets.UTF_8);
    }
}
