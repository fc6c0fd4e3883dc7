package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.decision.Metric;
import eiponlaunch.model.EipPool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told of what, and what the dashboard shows. */
class AlarmsTest {
    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";

    private final SamTemplate template = template(Map.of());

    @ParameterizedTest
    @CsvSource({
        "EipOnLaunchFailed, AWS/States, ExecutionsFailed, StateMachineArn, EipOnLaunch",
        "EipOnLaunchTimedOut, AWS/States, ExecutionsTimedOut, StateMachineArn, EipOnLaunch",
        "StartOnceFailed, AWS/States, ExecutionsFailed, StateMachineArn, StartOnce",
        "StartOnceTimedOut, AWS/States, ExecutionsTimedOut, StateMachineArn, StartOnce",
        "EipOnTerminateFailed, AWS/States, ExecutionsFailed, StateMachineArn, EipOnTerminate",
        "EipOnTerminateTimedOut, AWS/States, ExecutionsTimedOut, StateMachineArn, EipOnTerminate",
        "ReconcileFailed, AWS/States, ExecutionsFailed, StateMachineArn, Reconcile",
        "EventsUndelivered, AWS/SQS, ApproximateNumberOfMessagesVisible, QueueName, UndeliveredEvents",
        "FindFreeEipThrottled, AWS/Lambda, Throttles, FunctionName, FindFreeEip",
        "AssociateEipThrottled, AWS/Lambda, Throttles, FunctionName, AssociateEip",
        "CompleteLifecycleThrottled, AWS/Lambda, Throttles, FunctionName, CompleteLifecycle",
        "DisassociateEipThrottled, AWS/Lambda, Throttles, FunctionName, DisassociateEip",
        "EipOnTerminateThrottled, AWS/States, ExecutionThrottled, StateMachineArn, EipOnTerminate",
        "EipOnLaunchThrottled, AWS/States, ExecutionThrottled, StateMachineArn, EipOnLaunch",
        "StartOnceThrottled, AWS/States, ExecutionThrottled, StateMachineArn, StartOnce",
    })
    void oneIsEnoughForAnAlarm(String alarm, String namespace, String metric, String dimension, String resource) {
        assertThat(template.properties(alarm))
                .containsEntry("Namespace", namespace)
                .containsEntry("MetricName", metric)
                .containsEntry("Dimensions", List.of(Map.of("Name", dimension, "Value", template.arn(resource))))
                .containsEntry("ComparisonOperator", "GreaterThanOrEqualToThreshold")
                .containsEntry("Threshold", 1)
                .containsEntry("TreatMissingData", "notBreaching");
    }

    @ParameterizedTest
    @CsvSource({"'', Application=ForwardProxy", "'Stage=prod', 'Application=ForwardProxy,Stage=prod'"})
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
    void oneRefusalIsEnoughForAnAlarm() {
        assertThat(template.properties("EipRefused"))
                .containsEntry("Namespace", "EipOnLaunch")
                .containsEntry("MetricName", Metric.EipRefused.name())
                .containsEntry("Dimensions", List.of(Map.of("Name", "pool", "Value", "Application=ForwardProxy")))
                .containsEntry("Statistic", "Sum")
                .containsEntry("ComparisonOperator", "GreaterThanOrEqualToThreshold")
                .containsEntry("Threshold", 1)
                .containsEntry("TreatMissingData", "notBreaching");
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
     * Most alarms end by themselves a minute after what they tell of, which is no news; and a new alarm that treats missing
     * data as good goes from INSUFFICIENT_DATA to OK minutes after the deployment, which would be told as well.
     */
    @Test
    void nobodyIsToldThatAnAlarmHasEnded() {
        var given = template(Map.of("AlarmTopicArn", TOPIC));

        assertThat(given.resources("AWS::CloudWatch::Alarm"))
                .allSatisfy(alarm ->
                        assertThat(given.properties(alarm)).doesNotContainKeys("OKActions", "InsufficientDataActions"));
    }

    /** Whoever is woken reads the description first. */
    @Test
    void anAlarmsDescriptionNamesWhatItWatchesAndNothingElseThatAnAlarmWatches() {
        var watched = template.resources("AWS::CloudWatch::Alarm").stream()
                .collect(Collectors.toMap(alarm -> alarm, alarm -> watchedBy(alarm)));

        assertThat(watched).hasSizeGreaterThan(10).allSatisfy((alarm, own) -> {
            var description = template.properties(alarm)
                    .get("AlarmDescription")
                    .toString()
                    .replaceFirst(" See docs/runbook.md, " + alarm + "\\.$", "");
            assertThat(description).contains(own);
            assertThat(watched.values())
                    .filteredOn(other -> !other.equals(own))
                    .allSatisfy(other -> assertThat(description).doesNotContain(other));
        });
    }

    /** The logical ID of the resource in the alarm's dimension, or the pool. */
    private String watchedBy(String alarm) {
        var dimension = (Map<?, ?>) ((List<?>) template.properties(alarm).get("Dimensions")).get(0);
        return template.resources().stream()
                .filter(resource -> template.arn(resource).equals(dimension.get("Value")))
                .findFirst()
                .orElse(dimension.get("Value").toString());
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
        assertThat(mail.properties("EipOnLaunchFailed")).containsEntry("AlarmActions", List.of(mail.arn("AlarmTopic")));
        assertThat(policy.toString()).contains("cloudwatch.amazonaws.com", ":alarm:eip-on-launch-*", "123456789012");
    }

    @Test
    void withoutTopicAndAddressNobodyIsToldButTheAlarmsAreThere() {
        assertThat(template.resources("AWS::SNS::Topic")).isEmpty();
        assertThat(template.resources("AWS::SNS::Subscription")).isEmpty();
        assertThat(template.resources("AWS::CloudWatch::Alarm"))
                .hasSize(18)
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

        assertThat(new ObjectMapper().readTree(body(without)).get("widgets")).hasSizeGreaterThan(5);
        assertThat(body(without)).doesNotContain("EipOnTerminate", "DisassociateEip");
        assertThat(body(template)).contains("\"label\": \"EipOnTerminate ExecutionsFailed\"", "DisassociateEip Errors");
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
