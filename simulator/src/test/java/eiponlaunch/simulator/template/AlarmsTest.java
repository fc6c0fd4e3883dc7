package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.model.EipPool;
import eiponlaunch.telemetry.Metric;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.MapAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told of what, and what the dashboard shows. */
class AlarmsTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";

    private final SamTemplate template = template(Map.of());

    @ParameterizedTest
    @CsvSource({
        "LaunchesFailed, EipOnLaunch ExecutionsFailed, EipOnLaunch ExecutionsTimedOut, EipOnLaunch ExecutionsAborted,"
                + " StartOnce ExecutionsFailed, StartOnce ExecutionsTimedOut, StartOnce ExecutionsAborted",
        "TerminationsFailed, EipOnTerminate ExecutionsFailed, EipOnTerminate ExecutionsTimedOut,"
                + " EipOnTerminate ExecutionsAborted,,,",
        "Throttled, FindFreeEip Throttles, AssociateEip Throttles, CompleteLifecycle Throttles,"
                + " EipOnLaunch ExecutionThrottled, StartOnce ExecutionThrottled, DisassociateEip Throttles,"
                + " EipOnTerminate ExecutionThrottled",
        "ReconcileFailed, Reconcile ExecutionsFailed, Reconcile ExecutionsTimedOut, Reconcile ExecutionsAborted,,,",
        // what became of an event or a scheduled run that waits in the queue, and of one that could not be put there
        "EventsUndelivered, UndeliveredEvents ApproximateNumberOfMessagesVisible, LaunchRule FailedInvocations,"
                + " LaunchRule InvocationsFailedToBeSentToDlq, TerminateRule FailedInvocations,"
                + " TerminateRule InvocationsFailedToBeSentToDlq, Schedules InvocationDroppedCount,"
                + " Schedules InvocationsFailedToBeSentToDeadLetterCount",
    })
    void oneOfAnyOfItsMetricsIsEnoughForAnAlarmOverSeveral(ArgumentsAccessor arguments) {
        var alarm = arguments.getString(0);
        var expected = arguments.toList().stream()
                .skip(1)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toList();

        assertOneIsEnough(alarm);
        var queries = metrics(template, alarm);
        assertThat(queries.get(0))
                .isEqualTo(Map.of("Id", "sum", "Expression", "SUM(FILL(METRICS(), 0))", "ReturnData", true));
        assertThat(queries.stream().skip(1).map(this::watched)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(queries.stream().skip(1)).allSatisfy(query -> {
            assertThat(query.get("ReturnData")).isEqualTo(false);
            assertThat(((Map<?, ?>) query.get("MetricStat")))
                    .extracting("Stat", "Period")
                    .containsExactly(watched(query).startsWith("UndeliveredEvents ") ? "Maximum" : "Sum", 60);
        });
        assertThat(queries.stream().map(query -> query.get("Id")).distinct()).hasSameSizeAs(queries);
    }

    /** PutMetricAlarm takes ten metrics beside the expression. */
    @Test
    void noAlarmWatchesMoreMetricsThanCloudWatchAllows() {
        assertThat(template.resources("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm -> assertThat(metrics(template, alarm).size()).isLessThanOrEqualTo(1 + 10));
    }

    @Test
    void withoutEarlyReleaseNothingOfItIsWatched() {
        var without = ShippedTemplate.read(Map.of());

        assertThat(without.resources("AWS::CloudWatch::Alarm")).doesNotContain("TerminationsFailed");
        assertThat(metrics(without, "Throttled"))
                .hasSize(6)
                .hasSizeLessThan(metrics(template, "Throttled").size());
        assertThat(metrics(without, "Throttled").toString()).doesNotContain("Terminate", "Disassociate");
        assertThat(metrics(without, "EventsUndelivered")).hasSize(4);
    }

    /**
     * One in any of the last five minutes is enough, and a minute without data is none. FILL makes a zero of a minute whose data is
     * late, which with the latest minute alone would leave the alarm off for good.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html">Using math expressions
     *     with CloudWatch metrics</a>, FILL
     */
    private MapAssert<String, Object> assertOneIsEnough(String alarm) {
        return assertThat(template.properties(alarm))
                .containsEntry("ComparisonOperator", "GreaterThanOrEqualToThreshold")
                .containsEntry("Threshold", 1)
                .containsEntry("EvaluationPeriods", 5)
                .containsEntry("DatapointsToAlarm", 1)
                .containsEntry("TreatMissingData", "notBreaching");
    }

    private static List<Map<?, ?>> metrics(SamTemplate template, String alarm) {
        return ((List<?>) template.properties(alarm).getOrDefault("Metrics", List.of()))
                .stream().<Map<?, ?>>map(query -> (Map<?, ?>) query).toList();
    }

    /** The logical ID of what a query watches, by the one dimension that the metrics of its service have, and the metric. */
    private String watched(Map<?, ?> query) {
        var metric = (Map<?, ?>) ((Map<?, ?>) query.get("MetricStat")).get("Metric");
        var dimensions = (List<?>) metric.get("Dimensions");
        var watched = template.resources().stream()
                .filter(resource -> dimensions.equals(List.of(dimension(resource, metric.get("Namespace")))))
                .findFirst();
        return watched.orElseThrow(() -> new AssertionError("nothing has " + metric)) + " " + metric.get("MetricName");
    }

    private Map<?, ?> dimension(String resource, Object namespace) {
        return switch (namespace.toString()) {
            case "AWS/States" -> Map.of("Name", "StateMachineArn", "Value", template.arn(resource));
            case "AWS/Lambda" -> Map.of("Name", "FunctionName", "Value", template.arn(resource));
            case "AWS/SQS" -> Map.of("Name", "QueueName", "Value", resource);
            case "AWS/Scheduler" -> Map.of("Name", "ScheduleGroup", "Value", resource);
            case "AWS/Events" -> Map.of("Name", "RuleName", "Value", resource);
            default -> Map.of();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "'', Application=ForwardProxy",
        "'Stage=prod', 'Application=ForwardProxy,Stage=prod'",
        "'My Team=the net', 'Application=ForwardProxy,My Team=the net'"
    })
    void thePoolsAlarmWatchesThePoolByAllItsTags(String furtherTags, String pool) {
        var template = template(Map.of("EipFurtherTags", furtherTags, "PoolFreeThreshold", "5"));
        var alarm = template.properties("PoolAlmostEmpty");

        assertThat(template.definitionSubstitutions("EipOnLaunch")).containsEntry("EipTags", pool);
        assertThat(EipPool.of(pool).name())
                .as("the dimension that the functions report")
                .isEqualTo(pool);
        assertThat(alarm)
                .containsEntry("Namespace", "EipOnLaunch")
                .containsEntry("MetricName", "PoolFree")
                .containsEntry("Dimensions", List.of(Map.of("Name", "pool", "Value", pool)))
                .containsEntry("ComparisonOperator", "LessThanThreshold")
                .containsEntry("Threshold", "5");
    }

    @Test
    void oneLaunchThatIsOverdueIsEnoughForAnAlarm() {
        assertOneIsEnough("LaunchesOverdue")
                .containsEntry("Namespace", "EipOnLaunch")
                .containsEntry("MetricName", Metric.LaunchesOverdue.name())
                .containsEntry("Statistic", "Maximum");
    }

    @Test
    void oneRefusalIsEnoughForAnAlarm() {
        assertOneIsEnough("EipRefused")
                .containsEntry("Namespace", "EipOnLaunch")
                .containsEntry("MetricName", Metric.EipRefused.name())
                .containsEntry("Dimensions", List.of(Map.of("Name", "pool", "Value", "Application=ForwardProxy")))
                .containsEntry("Statistic", "Sum");
    }

    @Test
    void alarmsAreSentToTheTopicThatIsGiven() {
        var given = template(Map.of("AlarmTopicArn", TOPIC, "AlarmEmail", "on-call@example.com"));

        assertThat(given.resources("AWS::SNS::Topic")).isEmpty();
        assertThat(given.properties("AlarmMail")).containsEntry("TopicArn", TOPIC);
        assertThat(given.resources("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm -> assertThat(given.properties(alarm)).containsEntry("AlarmActions", List.of(TOPIC)));
    }

    /**
     * Most alarms end by themselves five minutes after what they tell of, which is no news; and a new alarm that treats missing
     * data as good goes from INSUFFICIENT_DATA to OK minutes after the deployment, which would be told as well.
     */
    @Test
    void nobodyIsToldThatAnAlarmHasEnded() {
        var given = template(Map.of("AlarmTopicArn", TOPIC));

        assertThat(given.resources("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm ->
                        assertThat(given.properties(alarm)).doesNotContainKeys("OKActions", "InsufficientDataActions"));
    }

    /** The description is the first thing that a person on call reads. */
    @ParameterizedTest
    @CsvSource({
        "LaunchesFailed, StartOnce EipOnLaunch",
        "TerminationsFailed, EipOnTerminate",
        "ReconcileFailed, Reconcile",
        "EventsUndelivered, UndeliveredEvents",
        "Throttled, Lambda 'Step Functions'",
        "PoolAlmostEmpty, Application=ForwardProxy",
        "EipRefused, Application=ForwardProxy",
        "LaunchesOverdue, Application=ForwardProxy",
    })
    void anAlarmsDescriptionNamesWhatItWatchesAndNothingElseThatAnAlarmWatches(String alarm, String names) {
        var description = template.properties(alarm)
                .get("AlarmDescription")
                .toString()
                .replaceFirst(" See docs/runbook.md, " + alarm + "\\.$", "");
        var own = List.of(names.replace("'", "")
                .replace("Step Functions", "StepFunctions")
                .split(" "));

        assertThat(description.replace("Step Functions", "StepFunctions")).contains(own);
        assertThat(Stream.of("StartOnce", "EipOnLaunch", "EipOnTerminate", "UndeliveredEvents", "Application=")
                        .filter(other -> own.stream().noneMatch(name -> name.startsWith(other))))
                .noneMatch(description::contains);
    }

    /** PoolFree is only published when a launch looks: without launches the alarm would stay as the last one left it. */
    @Test
    void thePoolsAlarmGoesOffAtOnceAndEndsByItselfAnHourAfterTheLastLaunchThatFoundTooFew() {
        assertThat(template.properties("PoolAlmostEmpty"))
                .containsEntry("Period", 60)
                .containsEntry("DatapointsToAlarm", 1)
                .containsEntry("EvaluationPeriods", 60)
                .containsEntry("TreatMissingData", "notBreaching");
    }

    @Test
    void anAddressAloneGetsATopicThatOnlyThisStacksAlarmsMayWriteTo() {
        var mail = template(Map.of("AlarmEmail", "on-call@example.com"));
        var policy = (Map<?, ?>) mail.properties("AlarmTopicPolicy").get("PolicyDocument");

        assertThat(mail.resources("AWS::SNS::Subscription")).containsExactly("AlarmMail");
        assertThat(mail.properties("LaunchesFailed")).containsEntry("AlarmActions", List.of(mail.arn("AlarmTopic")));
        assertThat(policy.toString()).contains("cloudwatch.amazonaws.com", ":alarm:eip-on-launch-*", "123456789012");
    }

    @Test
    void withoutTopicAndAddressNobodyIsToldButTheAlarmsAreThere() {
        assertThat(template.resources("AWS::SNS::Topic")).isEmpty();
        assertThat(template.resources("AWS::SNS::Subscription")).isEmpty();
        assertThat(template.resources("AWS::CloudWatch::Alarm"))
                .hasSize(8)
                .allSatisfy(alarm -> assertThat(template.properties(alarm)).doesNotContainKey("AlarmActions"));
    }

    @Test
    void theDashboardShowsEveryAlarmAndEveryMetricOfOurs() throws IOException {
        var body = body(template);
        var widgets = new ObjectMapper().readTree(body).get("widgets");

        assertThat(widgets).hasSizeGreaterThan(5);
        assertThat(template.resources("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm -> assertThat(body).contains(template.arn(alarm)));
        assertThat(Metric.values())
                .allSatisfy(metric -> assertThat(body)
                        .contains("[\"EipOnLaunch\", \"" + metric + "\", \"pool\", \"Application=ForwardProxy\""));
    }

    @Test
    void theDashboardOfAStackWithoutEarlyReleaseShowsNothingOfIt() throws IOException {
        var without = ShippedTemplate.read(Map.of());
        var shown = new ObjectMapper().readTree(body(without)).at("/widgets/0/properties/alarms");

        assertThat(body(without)).doesNotContain("EipOnTerminate", "DisassociateEip", "TerminationsFailed");
        assertThat(shown)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(without.resources("AWS::CloudWatch::Alarm").stream()
                        .map(without::arn)
                        .toList());
        assertThat(body(template)).contains(template.arn("TerminationsFailed"));
    }

    private static String body(SamTemplate template) {
        return template.properties("Dashboard").get("DashboardBody").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EipOnLaunch", "StartOnce", "EipOnTerminate", "Reconcile"})
    void theStateMachinesLogAtTheLevelThatIsGivenAndNeverWithTheToken(String stateMachine) {
        var properties = template(Map.of("StateMachineLogLevel", "ALL")).properties(stateMachine);

        assertThat((Map<?, ?>) properties.get("Logging"))
                .extracting("Level", "IncludeExecutionData")
                .containsExactly("ALL", false);
        assertThat(properties).containsEntry("Tracing", Map.of("Enabled", true));
    }

    private static SamTemplate template(Map<String, String> parameters) {
        return ShippedTemplate.complete(parameters);
    }
}
