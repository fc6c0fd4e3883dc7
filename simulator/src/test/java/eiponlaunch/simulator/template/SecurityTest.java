package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Least privilege and encryption, read from the template. */
class SecurityTest {
    private static final String EC2 = "arn:aws:ec2:us-east-1:123456789012:";
    private static final String GROUP =
            "arn:aws:autoscaling:us-east-1:123456789012:autoScalingGroup:*:autoScalingGroupName/";
    private static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/12345678-1234-1234-1234-123456789012";

    @ParameterizedTest
    @CsvSource({
        "FindFreeEipRole, ec2:DescribeAddresses ec2:DescribeInstances ec2:DescribeAvailabilityZones"
                + " autoscaling:DescribeAutoScalingGroups",
        "AssociateEipRole, ec2:DescribeInstances ec2:AssociateAddress",
        "CompleteLifecycleRole, autoscaling:CompleteLifecycleAction",
        "DisassociateEipRole, ec2:DescribeAddresses ec2:DescribeInstances ec2:DisassociateAddress autoscaling:RecordLifecycleActionHeartbeat",
        "EipOnLaunchRole, lambda:InvokeFunction",
        "StartOnceRole, states:StartExecution lambda:InvokeFunction",
        "ReconcileRole, lambda:InvokeFunction states:ListExecutions",
        "ReconcileScheduleRole, states:StartExecution sqs:SendMessage",
        "FindInstancesWithoutEipRole, ec2:DescribeAddresses autoscaling:DescribeAutoScalingGroups"
                + " autoscaling:DescribeLifecycleHooks autoscaling:DescribeScalingActivities",
        "LaunchRuleRole, states:StartExecution",
        "EipOnTerminateRole, lambda:InvokeFunction",
        "TerminateRuleRole, states:StartExecution",
    })
    void everyRoleMayMakeExactlyTheCallsItNeeds(String role, String actions) {
        assertThat(policies(Map.of()).actions(role)).containsExactlyInAnyOrder(actions.split(" "));
    }

    @Test
    void thereIsNoRoleThatTheseTestsDoNotRead() {
        assertThat(template(Map.of()).resources("AWS::IAM::Role"))
                .containsExactlyInAnyOrder(
                        "FindFreeEipRole",
                        "AssociateEipRole",
                        "CompleteLifecycleRole",
                        "EipOnLaunchRole",
                        "StartOnceRole",
                        "FindInstancesWithoutEipRole",
                        "ReconcileRole",
                        "ReconcileScheduleRole",
                        "LaunchRuleRole",
                        "DisassociateEipRole",
                        "EipOnTerminateRole",
                        "TerminateRuleRole");
    }

    @ParameterizedTest
    @MethodSource("functionsAndStateMachines")
    void everyFunctionAndStateMachineHasItsOwnRoleAndNoOtherPolicy(String resource) {
        var template = template(Map.of());

        assertThat(template.properties(resource).get("Role")).isEqualTo(template.arn(resource + "Role"));
        assertThat(template.properties(resource)).doesNotContainKey("Policies");
    }

    /** All functions have one policy for it, so each may write what any of them may; AWS's own would allow every log group. */
    @ParameterizedTest
    @ValueSource(
            strings = {"FindFreeEip", "AssociateEip", "CompleteLifecycle", "DisassociateEip", "FindInstancesWithoutEip"
            })
    void everyFunctionHasItsOwnLogsAndMayWriteOnlyLogsOfFunctions(String function) {
        var template = template(Map.of());
        var logs = template.resources("AWS::Serverless::Function").stream()
                .map(each -> template.arn(each + "Logs"))
                .toList();

        assertThat(new Policies(template).allowing(function + "Role", "logs:PutLogEvents"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.resources()).containsExactlyInAnyOrderElementsOf(logs));
        assertThat(template.properties(function).get("LoggingConfig"))
                .isEqualTo(Map.of("LogGroup", template.arn(function + "Logs")));
    }

    @Test
    void onlyAddressesWithThePoolsTagMayBeAssociated() {
        var addresses = policies(Map.of("EipTagKey", "Team", "EipTagValue", "net"))
                .allowing("AssociateEipRole", "ec2:AssociateAddress")
                .stream()
                .filter(statement -> !statement.resources().get(0).matches(".*:(instance|network-interface)/.*"));

        assertThat(addresses)
                .containsExactly(new Policies.Statement(
                        List.of("ec2:AssociateAddress"),
                        List.of(EC2 + "elastic-ip/*"),
                        Map.of("StringEquals", Map.of("aws:ResourceTag/Team", "net"))));
    }

    /**
     * EC2 asks for both resources, so the address must have the tag whatever interface it is on. IAM's ${*} is an asterisk and matches
     * no address.
     */
    @Test
    void onlyAddressesWithThePoolsTagMayBeDisassociated() {
        var statements = policies(Map.of("EipTagKey", "Team", "EipTagValue", "net"))
                .allowing("DisassociateEipRole", "ec2:DisassociateAddress");

        assertThat(statements)
                .containsExactlyInAnyOrder(
                        new Policies.Statement(
                                List.of("ec2:DisassociateAddress"), List.of(EC2 + "network-interface/*"), null),
                        new Policies.Statement(List.of("ec2:DisassociateAddress"), List.of(EC2 + "${*}/${*}"), null),
                        new Policies.Statement(
                                List.of("ec2:DisassociateAddress"),
                                List.of(EC2 + "elastic-ip/*"),
                                Map.of("StringEquals", Map.of("aws:ResourceTag/Team", "net"))));
    }

    @ParameterizedTest
    @CsvSource({"AssociateEipRole, ec2:AssociateAddress", "DisassociateEipRole, ec2:DisassociateAddress"})
    void everyTagKeyThatHooksMayNameAdmitsTheAddressesThatHaveIt(String role, String action) {
        var keys = policies(Map.of("HookPoolTagKeys", "Service, Team")).allowing(role, action).stream()
                .filter(statement -> statement.resources().equals(List.of("arn:*:ec2:*:*:elastic-ip/*")));

        assertThat(keys.map(Policies.Statement::condition))
                .containsExactly(
                        Map.of("Null", Map.of("aws:ResourceTag/Service", "false")),
                        Map.of("Null", Map.of("aws:ResourceTag/Team", "false")));
    }

    @Test
    void everyInstanceMayGetAnAddressUnlessATagIsGiven() {
        assertThat(instances(Map.of()).condition()).isNull();
        assertThat(instances(Map.of("InstanceTagKey", "aws:autoscaling:groupName", "InstanceTagValue", "forward-proxy"))
                        .condition())
                .isEqualTo(
                        Map.of("StringEquals", Map.of("aws:ResourceTag/aws:autoscaling:groupName", "forward-proxy")));
    }

    @ParameterizedTest
    @CsvSource({
        "CompleteLifecycleRole, autoscaling:CompleteLifecycleAction",
        "DisassociateEipRole, autoscaling:RecordLifecycleActionHeartbeat",
    })
    void lifecycleActionsAreLimitedToTheGroupWhenThereIsOnlyOne(String role, String action) {
        assertThat(groups("", role, action)).isEqualTo(List.of(GROUP + "*"));
        assertThat(groups("forward-proxy", role, action)).isEqualTo(List.of(GROUP + "forward-proxy"));
    }

    @Test
    void reconcileMayInvokeTheThreeFunctionsThatItNeedsAndCompletesNothing() {
        var template = template(Map.of());

        assertThat(new Policies(template).allowing("ReconcileRole", "lambda:InvokeFunction"))
                .extracting(Policies.Statement::resources)
                .containsExactly(List.of(
                        template.arn("FindInstancesWithoutEip"),
                        template.arn("FindFreeEip"),
                        template.arn("AssociateEip")));
    }

    @ParameterizedTest
    @CsvSource({"LaunchRuleRole, StartOnce", "TerminateRuleRole, EipOnTerminate"})
    void aRuleMayStartOnlyItsStateMachine(String role, String stateMachine) {
        var template = template(Map.of());

        assertThat(new Policies(template).of(role))
                .extracting(Policies.Statement::resources)
                .containsExactly(List.of(template.arn(stateMachine)));
    }

    @ParameterizedTest
    @CsvSource({
        "EipOnLaunchRole, states",
        "StartOnceRole, states",
        "EipOnTerminateRole, states",
        "ReconcileRole, states",
        "ReconcileScheduleRole, scheduler",
        "LaunchRuleRole, events",
        "TerminateRuleRole, events"
    })
    void noOtherAccountCanMakeAServiceUseARole(String role, String service) {
        var document = (Map<?, ?>) template(Map.of()).properties(role).get("AssumeRolePolicyDocument");

        assertThat(document.get("Statement"))
                .isEqualTo(List.of(Map.of(
                        "Effect",
                        "Allow",
                        "Principal",
                        Map.of("Service", service + ".amazonaws.com"),
                        "Action",
                        "sts:AssumeRole",
                        "Condition",
                        Map.of("StringEquals", Map.of("aws:SourceAccount", "123456789012")))));
    }

    @Test
    void onlyTheRulesMaySendToTheDeadLetterQueue() {
        assertOnlyMaySendToTheDeadLetterQueue(ShippedTemplate.read(Map.of()), "LaunchRule");
        assertOnlyMaySendToTheDeadLetterQueue(template(Map.of()), "LaunchRule", "TerminateRule");
    }

    private static void assertOnlyMaySendToTheDeadLetterQueue(SamTemplate template, String... rules) {
        var document =
                (Map<?, ?>) template.properties("UndeliveredEventsPolicy").get("PolicyDocument");
        var arns = Stream.of(rules).map(template::arn).toList();

        assertThat(document.get("Statement"))
                .isEqualTo(List.of(Map.of(
                        "Effect", "Allow",
                        "Principal", Map.of("Service", "events.amazonaws.com"),
                        "Action", "sqs:SendMessage",
                        "Resource", template.arn("UndeliveredEvents"),
                        "Condition", Map.of("ArnEquals", Map.of("aws:SourceArn", arns)))));
    }

    @Test
    void withoutTerminatingHooksAndGroupsNothingOfEarlyReleaseAndOfTheScheduleIsThere() {
        var without = ShippedTemplate.read(Map.of());
        var with = template(Map.of());

        var optional = new ArrayList<>(with.resources());
        optional.removeIf(without::exists);

        assertThat(optional)
                .containsExactlyInAnyOrder(
                        "DisassociateEip",
                        "DisassociateEipRole",
                        "DisassociateEipOfThePool",
                        "DisassociateEipLogs",
                        "EipOnTerminate",
                        "EipOnTerminateRole",
                        "EipOnTerminateLogs",
                        "TerminationsFailed",
                        "TerminateRule",
                        "TerminateRuleRole",
                        "Schedules",
                        "ScheduledReconcile",
                        "ReconcileScheduleRole",
                        "ReconcileFailed",
                        "LaunchesOverdue",
                        "AlarmTopic",
                        "AlarmTopicPolicy",
                        "AlarmMail");
    }

    @Test
    void theScheduleStartsReconcileForItsGroupsAndKeepsWhatItCannotStart() {
        var template = template(Map.of("ReconcileMinutes", "30", "KmsKeyArn", KEY));
        var schedule = template.properties("ScheduledReconcile");
        var target = (Map<?, ?>) schedule.get("Target");

        assertThat(schedule)
                .containsEntry("ScheduleExpression", "rate(30 minutes)")
                .containsEntry(
                        "GroupName",
                        template.resources("AWS::Scheduler::ScheduleGroup").get(0));
        assertThat(target.get("Arn")).isEqualTo(template.arn("Reconcile"));
        assertThat(target.get("Input")).isEqualTo("{\"autoScalingGroupNames\": [\"forward-proxy\", \"mail-gateway\"]}");
        assertThat(target.get("DeadLetterConfig")).isEqualTo(Map.of("Arn", template.arn("UndeliveredEvents")));
        assertThat(new Policies(template).of("ReconcileScheduleRole"))
                .extracting(Policies.Statement::resources)
                .containsExactly(
                        List.of(template.arn("Reconcile")), List.of(template.arn("UndeliveredEvents")), List.of(KEY));
    }

    @Test
    void reconcileSeesNoOtherStateMachinesExecutions() {
        var template = template(Map.of());

        assertThat(new Policies(template).allowing("ReconcileRole", "states:ListExecutions"))
                .extracting(Policies.Statement::resources)
                .containsExactly(List.of(template.arn("Reconcile")));
    }

    @Test
    void theDeadLetterQueueIsEncryptedBySqsUnlessAKeyIsGiven() {
        assertThat(template(Map.of()).properties("UndeliveredEvents"))
                .containsEntry("SqsManagedSseEnabled", true)
                .doesNotContainKey("KmsMasterKeyId");
        assertThat(template(Map.of("KmsKeyArn", KEY)).properties("UndeliveredEvents"))
                .containsEntry("KmsMasterKeyId", KEY)
                .doesNotContainKey("SqsManagedSseEnabled");
    }

    @Test
    void everyLogGroupHasARetentionAndTheKeyWhenOneIsGiven() {
        var byDefault = template(Map.of());
        var withKey = template(Map.of("KmsKeyArn", KEY));

        assertThat(byDefault.resources("AWS::Logs::LogGroup")).hasSize(9).allSatisfy(group -> {
            assertThat(byDefault.properties(group))
                    .containsEntry("RetentionInDays", "30")
                    .doesNotContainKey("KmsKeyId");
            assertThat(withKey.properties(group)).containsEntry("KmsKeyId", KEY);
        });
    }

    @Test
    void everyCheckovCheckThatIsSkippedForOneResourceHasItsReason() {
        var template = template(Map.of());
        var skips = template.resources().stream()
                .map(template::metadata)
                .map(metadata -> (Map<?, ?>) metadata.getOrDefault("checkov", Map.of("skip", List.of())))
                .flatMap(checkov -> ((List<?>) checkov.get("skip")).stream())
                .map(skip -> (Map<?, ?>) skip);

        assertThat(skips).isNotEmpty().allSatisfy(skip -> {
            assertThat(skip.get("id").toString()).startsWith("CKV");
            assertThat(skip.get("comment").toString()).hasSizeGreaterThan(30).endsWith(".");
        });
    }

    @Test
    void everyCheckovCheckThatIsSkippedAltogetherHasItsReasonInTheLineAbove() throws IOException {
        var lines = ProjectFiles.find().read(".checkov.yaml").lines().toList();
        var skipped = IntStream.range(1, lines.size())
                .filter(line -> lines.get(line).startsWith("  - "))
                .toArray();

        assertThat(skipped).isNotEmpty();
        assertThat(IntStream.of(skipped).boxed()).allSatisfy(line -> {
            assertThat(lines.get(line)).matches("  - CKV_\\w+");
            assertThat(lines.get(line - 1))
                    .startsWith("  # ")
                    .hasSizeGreaterThan(30)
                    .endsWith(".");
        });
    }

    private static Stream<String> functionsAndStateMachines() {
        var template = template(Map.of());
        return Stream.of("AWS::Serverless::Function", "AWS::Serverless::StateMachine")
                .flatMap(type -> template.resources(type).stream());
    }

    private static Policies.Statement instances(Map<String, String> parameters) {
        return policies(parameters).allowing("AssociateEipRole", "ec2:AssociateAddress").stream()
                .filter(statement -> statement.resources().contains(EC2 + "instance/*"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> groups(String group, String role, String action) {
        return policies(Map.of("AutoScalingGroupName", group))
                .allowing(role, action)
                .get(0)
                .resources();
    }

    private static Policies policies(Map<String, String> parameters) {
        return new Policies(template(parameters));
    }

    private static SamTemplate template(Map<String, String> parameters) {
        return ShippedTemplate.complete(parameters);
    }
}
