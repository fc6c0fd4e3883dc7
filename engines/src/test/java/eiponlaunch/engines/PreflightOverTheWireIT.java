package eiponlaunch.engines;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static eiponlaunch.engines.ProxyAccount.GROUP;
import static eiponlaunch.engines.ProxyAccount.HOOK;
import static eiponlaunch.engines.ProxyAccount.TERMINATE_HOOK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import eiponlaunch.preflight.Preflight;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.InstanceReusePolicy;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * {@code ./preflight} against moto: an account where all is well, and each way in which it may be not. What moto lacks is
 * on the wire: TestEventPattern, to which it answers nothing, goes to ministack; SimulatePrincipalPolicy, at which it
 * fails, is answered as IAM words it; a dry run that is to be refused, as it accepts all, is answered as EC2 words it; border
 * groups, services that manage addresses, the instance maintenance policy and a hook's metadata are put into its answers; and
 * a list among a stack's parameters, which it writes as Python does, is written as AWS does.
 */
class PreflightOverTheWireIT {
    private static final Map<String, String> SETTINGS = Map.of(
            "aws.region", ProxyAccount.REGION.id(),
            "aws.accessKeyId", "test",
            "aws.secretAccessKey", "test");

    private final Wire wire = new Wire();
    private final ProxyAccount account = new ProxyAccount(Endpoints.moto());

    PreflightOverTheWireIT() {
        wire.passOn(Endpoints.moto());
        wire.passOnTarget("AWSEvents.TestEventPattern", Endpoints.ministack());
        wire.answer("SimulatePrincipalPolicy", Wire.xml(200, simulated("allowed")));
        stackIs(stack -> stack);
    }

    /** The command builds itself when a source is newer, and says so. */
    @BeforeAll
    static void build() throws Exception {
        assertThat(command("", "--version"))
                .satisfies(ended -> assertThat(ended.exit()).as("%s", ended).isZero());
    }

    @BeforeEach
    void set() {
        SETTINGS.forEach(System::setProperty);
        System.setProperty("aws.endpointUrl", wire.url().toString());
        System.setProperty("eiponlaunch.home", "..");
    }

    @AfterEach
    void close() {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrl");
        System.clearProperty("eiponlaunch.home");
        System.clearProperty("aws.sessionToken");
        System.clearProperty("aws.configFile");
        wire.close();
    }

    // ---------------------------------------------------------------- the command as it is

    @Test
    void whereAllIsWellTheCommandSaysSoAndEndsWithZero() throws Exception {
        var ended = command(wire.url().toString(), "--group", GROUP);

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.out().lines().toList())
                .hasSize(19)
                .last()
                .isEqualTo("forward-proxy: 18 ok, 0 warning, 0 failed");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void documentsShowWhatTheCommandPrintsWhereTwoThingsAreWrong() throws Exception {
        account.putHook(HOOK, PutLifecycleHookRequest.builder().defaultResult("CONTINUE"));
        account.release(3);

        var ended = command(wire.url().toString(), "--group", GROUP);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(shownIn("docs/preflight.md")).isEqualTo("$ ./preflight --group forward-proxy\n" + ended.out());
        assertThat(shownIn("README.md"))
                .isEqualTo(ended.out()
                        .lines()
                        .filter(line -> !line.contains(" ok "))
                        .collect(joining("\n", "$ ./preflight --group forward-proxy | grep -v ' ok '\n", "\n")));
    }

    private static String shownIn(String document) throws IOException {
        var shown = Pattern.compile("(?s)<!-- preflight -->\n```\n(.*?)```\n<!-- end -->")
                .matcher(Files.readString(Path.of("..", document)));
        assertThat(shown.find())
                .as("%s, between <!-- preflight --> and <!-- end -->", document)
                .isTrue();
        return shown.group(1);
    }

    @Test
    void jsonIsTheSameForAProgram() throws Exception {
        account.putHook(HOOK, PutLifecycleHookRequest.builder().defaultResult("CONTINUE"));

        var ended = command(wire.url().toString(), "--group", GROUP, "--json");

        assertThat(ended.exit()).isEqualTo(1);
        var report = new ObjectMapper().readTree(ended.out());
        assertThat(report.path("account").asText()).isEqualTo("123456789012");
        assertThat(report.path("region").asText()).isEqualTo("eu-west-1");
        assertThat(report.path("failed").asInt()).isEqualTo(1);
        assertThat(report.path("findings")).hasSize(18);
    }

    @Test
    void whatCannotBeReachedIsOneLineAndEndsWithThree() throws Exception {
        var ended = command("http://127.0.0.1:9", "--group", GROUP);

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).singleElement().asString().startsWith("preflight: cannot reach AWS (");
    }

    @Test
    void withoutARegionOrCredentialsThereIsOneLineAndTheEndIsThree() throws Exception {
        assertOneLine(command(List.of("AWS_REGION"), wire.url().toString(), "--group", GROUP), "preflight: no Region:");
        assertOneLine(
                command(List.of("AWS_ACCESS_KEY_ID"), wire.url().toString(), "--group", GROUP),
                "preflight: no credentials:");
    }

    @Test
    void credentialsThatAreRefusedAreOneLineAndTheEndIsThree() throws Exception {
        wire.answer(
                "GetCallerIdentity",
                Wire.autoScalingError(403, "ExpiredToken", "The security token included in the request is expired"));

        assertOneLine(
                command(wire.url().toString(), "--group", GROUP),
                "preflight: AWS refuses the credentials: ExpiredToken: The security token");
    }

    /** Seen from outside the process: every operation that reached AWS, with all that the checks may ask. */
    @Test
    void everyCallOnlyReads() throws Exception {
        account.deploy(Map.of("InstanceTagKey", "Service", "InstanceTagValue", "proxy"));
        wire.forget();

        assertThat(command(wire.url().toString(), "--group", GROUP).exit()).isZero();

        assertThat(wire.operations())
                .contains("DescribeAddresses", "SimulatePrincipalPolicy", "TestEventPattern")
                .contains("DescribeLaunchTemplateVersions")
                .allMatch(operation -> operation.matches("(Describe|Get|List|Simulate|Test)\\w+|GET /.*"));
        assertThat(account.holders()).as("nothing was associated").isEmpty();
    }

    // ---------------------------------------------------------------- what fails

    @Test
    void failsWithoutAStackButJudgesTheRestByTheDefaults() {
        var ended = run("--stack", "another");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed"))
                .containsExactly("StackDeployed", "RuleStartsWorkflow", "RuleMatchesHook", "RolesMayCall");
        assertThat(ended.seen("StackDeployed")).isEqualTo("there is no stack another");
        assertThat(ended.fix("StackDeployed")).contains("--stack");
        assertThat(ended.checks("ok")).hasSize(14);
    }

    @Test
    void failsOnAStackThatWasRolledBack() {
        stackIs(stack -> stack.replace("CREATE_COMPLETE", "ROLLBACK_COMPLETE"));

        assertOnlyFails("StackDeployed", "ROLLBACK_COMPLETE");
    }

    @Test
    void failsWithoutTheGroup() {
        account.autoScaling.deleteAutoScalingGroup(
                request -> request.autoScalingGroupName(GROUP).forceDelete(true));

        var ended = run();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.seen("GroupExists")).isEqualTo("there is no group forward-proxy in eu-west-1");
        assertThat(ended.checks("ok")).containsExactly("StackDeployed", "InstancesTagged", "RuleStartsWorkflow");
    }

    @Test
    void failsWithoutTheHook() {
        account.autoScaling.deleteLifecycleHook(
                request -> request.autoScalingGroupName(GROUP).lifecycleHookName(HOOK));

        var ended = run();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed"))
                .containsExactly("HookHolds", "HeartbeatLongEnough", "HookPoolReadable", "RuleMatchesHook");
        assertThat(ended.seen("HookHolds")).isEqualTo("the group has no hook associate-eip");
    }

    @Test
    void failsOnAHookOfTerminations() {
        account.putHook(
                HOOK, PutLifecycleHookRequest.builder().lifecycleTransition("autoscaling:EC2_INSTANCE_TERMINATING"));

        assertOnlyFails("HookHolds", "is a hook of autoscaling:EC2_INSTANCE_TERMINATING");
    }

    @Test
    void failsOnAHookThatContinuesByDefault() {
        account.putHook(HOOK, PutLifecycleHookRequest.builder().defaultResult("CONTINUE"));

        assertOnlyFails("HookHolds", "default result CONTINUE");
    }

    @Test
    void failsOnAHeartbeatThatEndsBeforeTheWorkflow() {
        account.putHook(HOOK, PutLifecycleHookRequest.builder().heartbeatTimeout(300));

        assertOnlyFails("HeartbeatLongEnough", "heartbeat 300 s");
    }

    @Test
    void failsOnAHookThatChoosesAPoolByAKeyThatIsNotAllowed() {
        metadataIs("{\"eipPool\": {\"Service\": \"x\"}}");

        assertOnlyFails("HookPoolReadable", "Service");
    }

    @Test
    void judgesThePoolThatTheHookChooses() {
        metadataIs("{\"eipPool\": {\"Service\": \"x\"}}");
        account.deploy(Map.of("HookPoolTagKeys", "Service"));

        var ended = run();

        assertThat(ended.seen("HookPoolReadable")).isEqualTo("associate-eip: Service=x");
        assertThat(ended.checks("failed")).containsExactly("PoolLargeEnough");
    }

    @Test
    void failsOnAPoolThatIsSmallerThanTheGroup() {
        account.release(4);

        var ended = run();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed")).containsExactly("PoolLargeEnough");
        assertThat(ended.fix("PoolLargeEnough")).startsWith("allocate 1 address: aws ec2 allocate-address");
    }

    @Test
    void judgesThePoolOfTheOption() {
        account.allocate(Map.of("Service", "mail"));

        var ended = run("--tag", "Service=mail");

        assertThat(ended.seen("PoolLargeEnough")).isEqualTo("Service=mail: 1 address, maximum size 3");
    }

    @Test
    void failsOnSubnetsWithoutARouteToTheInternet() {
        account.deleteRoute();

        assertOnlyFails("SubnetsReachInternet", String.join(" ", account.subnets));
    }

    @Test
    void failsOnSubnetsWhoseInternetGatewayWasDetached() {
        wire.rewrite(
                "DescribeRouteTables",
                Endpoints.moto(),
                tables -> tables.replaceAll("(<gatewayId>igw-.*?<state>)active", "$1blackhole"));

        assertOnlyFails("SubnetsReachInternet", account.subnets.get(0));
    }

    @Test
    void aSubnetWithoutARouteTableOfItsOwnHasTheMainOne() {
        account.launchAlsoInASubnetOfTheMainTable();

        assertOnlyFails("SubnetsReachInternet", account.subnets.get(2));

        account.routeInMainTable();
        assertThat(run().checks("failed")).isEmpty();
    }

    @Test
    void failsWhenTheGroupLaunchesInABorderGroupWithoutAddresses() {
        borderGroups(ProxyAccount.REGION.id() + "b");

        assertOnlyFails("BorderGroupsAgree", "no address for launches in eu-west-1-lhr-1");
    }

    @Test
    void failsWhenNothingGivesInstancesTheTagThatTheyNeed() {
        account.deploy(Map.of("InstanceTagKey", "Service", "InstanceTagValue", "mail"));

        assertOnlyFails("InstancesTagged", "get the value proxy");
    }

    @Test
    void aTagOfTheGroupCountsWhenInstancesGetIt() {
        account.deploy(Map.of("InstanceTagKey", "Service", "InstanceTagValue", "mail"));
        account.tagGroup("Service", "mail", false);
        assertOnlyFails("InstancesTagged", "get the value proxy");

        account.tagGroup("Service", "mail", true);
        assertThat(run().checks("failed")).isEmpty();
    }

    @Test
    void failsOnARuleThatIsDisabled() {
        var rule = account.resource("LaunchRule");
        account.eventBridge.disableRule(request -> request.name(rule));

        assertOnlyFails("RuleStartsWorkflow", "is disabled");
    }

    @Test
    void failsOnARuleThatStartsNothing() {
        var rule = account.resource("LaunchRule");
        account.eventBridge.removeTargets(request -> request.rule(rule).ids("StartOnce"));

        assertOnlyFails("RuleStartsWorkflow", "does not start StartOnce");
    }

    @Test
    void failsOnARuleThatIsGone() {
        var rule = account.resource("LaunchRule");
        account.eventBridge.removeTargets(request -> request.rule(rule).ids("StartOnce"));
        account.eventBridge.deleteRule(request -> request.name(rule));

        assertThat(run().checks("failed")).containsExactly("RuleStartsWorkflow", "RuleMatchesHook");
    }

    @Test
    void failsOnAStackThatServesAnotherGroup() {
        account.deploy(Map.of("AutoScalingGroupName", "another"));

        assertOnlyFails("RuleMatchesHook", "does not match the launches of forward-proxy that associate-eip holds");
    }

    @Test
    void failsOnAHookThatTheStackDoesNotAnswer() {
        account.putHook("another", PutLifecycleHookRequest.builder());

        var ended = run("--hook", "another");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed")).containsExactly("RuleMatchesHook");
    }

    @Test
    void oneStackAnswersSeveralHooks() {
        account.putHook("another", PutLifecycleHookRequest.builder());
        account.deploy(Map.of("HookNames", "another,associate-eip"));

        var ended = run();

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).contains("launches that another holds", "launches that associate-eip holds");
    }

    @ParameterizedTest
    @CsvSource({
        "ec2%3AAssociateAddress, elastic-ip, AssociateEip may not call ec2:AssociateAddress on arn:aws:ec2:eu-west-1",
        "ec2%3ADescribeAddresses, ReadAll, FindFreeEip may not call ec2:DescribeAddresses on *",
        "autoscaling%3ACompleteLifecycleAction, autoScalingGroup, CompleteLifecycle may not call",
    })
    void failsOnARoleThatMayNotCall(String action, String resource, String seen) {
        wire.answerFirst(
                "SimulatePrincipalPolicy",
                body -> body.contains(action) && (resource.equals("ReadAll") || body.contains(resource)),
                Wire.xml(200, simulated("implicitDeny")));

        assertOnlyFails("RolesMayCall", seen);
    }

    @Test
    void asksForThePermissionOnAnAddressWithItsTags() {
        run();

        assertThat(wire.sent("SimulatePrincipalPolicy"))
                .filteredOn(sent -> sent.get("ResourceArns.member.1").contains(":elastic-ip/"))
                .singleElement()
                .satisfies(sent -> assertThat(sent)
                        .containsEntry("ActionNames.member.1", "ec2:AssociateAddress")
                        .containsEntry(
                                "PolicySourceArn",
                                "arn:aws:iam::123456789012:role/" + account.resource("AssociateEipRole"))
                        .containsEntry("ContextEntries.member.1.ContextKeyName", "aws:ResourceTag/Application")
                        .containsEntry("ContextEntries.member.1.ContextKeyValues.member.1", "ForwardProxy"));
    }

    // ---------------------------------------------------------------- early release

    @Test
    void whereAllIsWellWithEarlyReleaseItsSideIsJudgedToo() {
        account.releaseEarly();

        var ended = run();

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.checks("warning", "failed")).isEmpty();
        assertThat(ended.seen("HookHolds")).contains("disassociate-eip: holds terminations, default result CONTINUE");
        assertThat(ended.seen("HeartbeatLongEnough")).contains("disassociate-eip: heartbeat 300 s");
        assertThat(ended.seen("RuleStartsWorkflow")).contains("enabled, starts EipOnTerminate");
        assertThat(ended.seen("RuleMatchesHook")).contains("matches the terminations that disassociate-eip holds");
        assertThat(ended.seen("RolesMayCall")).isEqualTo("all 12 calls of the functions are allowed");
        assertThat(wire.operations())
                .as("the timeouts that count")
                .anyMatch(operation -> operation.contains("/functions/" + account.resource("DisassociateEip") + "/"));
    }

    @Test
    void warnsOfAGroupWithoutTheTerminatingHook() {
        account.releaseEarly();
        account.autoScaling.deleteLifecycleHook(
                request -> request.autoScalingGroupName(GROUP).lifecycleHookName(TERMINATE_HOOK));

        var ended = run();

        assertThat(ended.exit()).isZero();
        assertThat(ended.checks("warning"))
                .containsExactly("HookHolds", "HeartbeatLongEnough", "HookPoolReadable", "RuleMatchesHook");
        assertThat(ended.seen("HookHolds")).contains("the group has no hook disassociate-eip");
        assertThat(ended.fix("HookHolds")).contains("EC2_INSTANCE_TERMINATING --default-result CONTINUE");
    }

    @Test
    void failsOnATerminatingHookThatHoldsLaunches() {
        account.releaseEarly(
                PutLifecycleHookRequest.builder().lifecycleTransition("autoscaling:EC2_INSTANCE_LAUNCHING"), Map.of());

        assertOnlyFails("HookHolds", "disassociate-eip is a hook of autoscaling:EC2_INSTANCE_LAUNCHING");
    }

    @Test
    void warnsOfATerminatingHookThatAbandonsByDefault() {
        account.releaseEarly(PutLifecycleHookRequest.builder().defaultResult("ABANDON"), Map.of());

        assertOnlyWarns("HookHolds", "disassociate-eip: default result ABANDON");
    }

    @Test
    void warnsOfATerminatingHeartbeatThatEndsBeforeTheWorkflow() {
        account.releaseEarly(PutLifecycleHookRequest.builder().heartbeatTimeout(60), Map.of());

        assertOnlyWarns("HeartbeatLongEnough", "disassociate-eip: heartbeat 60 s");
    }

    @Test
    void failsOnATerminatingHookThatGivesBackToAnotherPoolThanLaunchesTakeFrom() {
        metadataIs("{\"eipPool\": {\"Service\": \"x\"}}");
        account.releaseEarly(PutLifecycleHookRequest.builder(), Map.of("HookPoolTagKeys", "Service"));

        assertThat(run().seen("HookPoolReadable"))
                .contains(
                        "disassociate-eip gives back addresses of Application=ForwardProxy, but launches take theirs of");
    }

    @Test
    void failsOnARuleOfTerminationsThatIsDisabledOrStartsNothing() {
        account.releaseEarly();
        var rule = account.resource("TerminateRule");
        account.eventBridge.disableRule(request -> request.name(rule));
        assertOnlyFails("RuleStartsWorkflow", "the rule " + rule + " is disabled");

        account.eventBridge.enableRule(request -> request.name(rule));
        account.eventBridge.removeTargets(request -> request.rule(rule).ids("EipOnTerminate"));
        assertOnlyFails("RuleStartsWorkflow", "does not start EipOnTerminate, but nothing");
    }

    /** The deployed rule was changed behind the stack's back. */
    @Test
    void failsOnARuleThatDoesNotMatchTheTerminations() {
        account.releaseEarly();
        var rule = account.resource("TerminateRule");
        account.eventBridge.putRule(request -> request.name(rule)
                .eventPattern("{\"detail-type\": [\"EC2 Instance-launch Lifecycle Action\"],"
                        + " \"detail\": {\"LifecycleHookName\": [\"disassociate-eip\"]}}"));

        assertOnlyFails("RuleMatchesHook", "does not match the terminations of forward-proxy that disassociate-eip");
    }

    @ParameterizedTest
    @CsvSource({
        "ec2%3ADisassociateAddress, elastic-ip, DisassociateEip may not call ec2:DisassociateAddress on arn:aws:ec2",
        "ec2%3ADisassociateAddress, network-interface, DisassociateEip may not call ec2:DisassociateAddress on arn:aws",
        "ec2%3ADescribeAddresses, DisassociateEipRole, DisassociateEip may not call ec2:DescribeAddresses on *",
        "autoscaling%3ARecordLifecycleActionHeartbeat, autoScalingGroup, DisassociateEip may not call autoscaling",
    })
    void failsOnARoleOfTerminationsThatMayNotCall(String action, String other, String seen) {
        account.releaseEarly();
        wire.answerFirst(
                "SimulatePrincipalPolicy",
                body -> body.contains(action) && body.contains(other),
                Wire.xml(200, simulated("implicitDeny")));

        assertOnlyFails("RolesMayCall", seen);
    }

    @Test
    void aWarmPoolWhoseInstancesGiveTheirAddressesBackIsWellWithReuse() {
        account.releaseEarly();
        account.autoScaling.putWarmPool(request -> request.autoScalingGroupName(GROUP)
                .minSize(4)
                .instanceReusePolicy(
                        InstanceReusePolicy.builder().reuseOnScaleIn(true).build()));

        assertThat(run().checks("warning", "failed")).isEmpty();
    }

    // ---------------------------------------------------------------- dry runs

    @Test
    void asksEc2ForEveryCallOfTheFunctionsAndChangesNothing() throws Exception {
        account.releaseEarly();
        var instance = account.launchWithAddress();
        wire.forget();

        var ended = command(wire.url().toString(), "--group", GROUP, "--json", "--dry-run");

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.seen("Ec2AcceptsCalls"))
                .isEqualTo("EC2 would accept calls: 7, asked as arn:aws:sts::123456789012:user/moto");
        assertThat(wire.sent("AssociateAddress"))
                .singleElement()
                .satisfies(sent -> assertThat(sent)
                        .containsEntry("InstanceId", instance)
                        .containsEntry("AllocationId", account.addresses.get(1))
                        .containsEntry("AllowReassociation", "false"));
        assertThat(wire.operations())
                .filteredOn(operation -> !operation.matches("(Describe|Get|List|Simulate|Test)\\w+|GET /.*"))
                .containsExactlyInAnyOrder("AssociateAddress", "DisassociateAddress")
                .allSatisfy(operation -> assertThat(wire.sent(operation))
                        .allSatisfy(sent -> assertThat(sent).containsEntry("DryRun", "true")));
        assertThat(account.holders()).containsExactly(account.addresses.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeAddresses, DisassociateEip",
        "DescribeInstances, FindFreeEip",
        "DescribeAvailabilityZones, FindFreeEip",
        "AssociateAddress, AssociateEip",
        "DisassociateAddress, DisassociateEip",
    })
    void failsOnACallThatEc2Refuses(String operation, String function) {
        account.releaseEarly();
        account.launchWithAddress();
        refuseDryRuns(operation);

        var ended = run("--dry-run");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed")).containsExactly("Ec2AcceptsCalls");
        assertThat(ended.seen("Ec2AcceptsCalls"))
                .contains("EC2 refuses ec2:" + operation + " of " + function
                        + ", asked as arn:aws:sts::123456789012:user/moto");
        assertThat(ended.fix("Ec2AcceptsCalls"))
                .contains("--dry-run=PROFILE with a profile of the stack's " + function);
    }

    @Test
    void warnsOfCallsForWhichNothingIsThere() {
        account.releaseEarly();
        wire.forget();

        var ended = run("--dry-run");

        assertThat(ended.checks("failed", "warning")).containsExactly("Ec2AcceptsCalls");
        assertThat(ended.exit()).isZero();
        assertThat(ended.seen("Ec2AcceptsCalls"))
                .contains("EC2 would accept calls: 5")
                .contains("ec2:AssociateAddress of AssociateEip: not asked, as the group has no instance")
                .contains("ec2:DisassociateAddress of DisassociateEip: not asked, as no address of"
                        + " Application=ForwardProxy is in use");
        assertThat(wire.operations()).doesNotContain("AssociateAddress", "DisassociateAddress");
    }

    @Test
    void warnsWhenThePoolHasNoAddressToAskAbout() {
        account.launchWithAddress();

        assertThat(run("--dry-run", "--tag", "Service=mail").seen("Ec2AcceptsCalls"))
                .contains("ec2:AssociateAddress of AssociateEip: not asked, as Service=mail has no address");
    }

    @Test
    void warnsWhenADryRunIsAnsweredOtherwise() {
        account.launchWithAddress();
        wire.answer("AssociateAddress", Wire.ec2Error(400, "InvalidInstanceID", "There are multiple interfaces"));
        assertThat(run("--dry-run").seen("Ec2AcceptsCalls"))
                .contains("could not look: ec2:AssociateAddress answered InvalidInstanceID: There are multiple");

        wire.answer("AssociateAddress", Wire.xml(200, "<AssociateAddressResponse/>"));
        var ended = run("--dry-run");
        assertThat(ended.checks("warning")).contains("Ec2AcceptsCalls");
        assertThat(ended.seen("Ec2AcceptsCalls")).contains("answered as if it were no dry run");
    }

    @Test
    void asASessionOfAFunctionsRoleAsksForTheCallsOfThatFunctionOnly() {
        account.launchWithAddress();
        var session = account.session("AssociateEip");
        System.setProperty("aws.accessKeyId", session.accessKeyId());
        System.setProperty("aws.secretAccessKey", session.secretAccessKey());
        System.setProperty("aws.sessionToken", session.sessionToken());
        wire.forget();

        var askedAs =
                ", asked as arn:aws:sts::123456789012:assumed-role/" + account.resource("AssociateEipRole") + "/probe";
        assertThat(run("--dry-run").seen("Ec2AcceptsCalls")).isEqualTo("EC2 would accept calls: 2" + askedAs);
        assertThat(dryRuns()).containsExactlyInAnyOrder("DescribeInstances", "AssociateAddress");

        refuseDryRuns("AssociateAddress");
        var refused = run("--dry-run");
        assertThat(refused.seen("Ec2AcceptsCalls"))
                .contains("EC2 refuses ec2:AssociateAddress of AssociateEip" + askedAs);
        assertThat(refused.fix("Ec2AcceptsCalls")).contains("AssociateEipRole", "service control policies");
    }

    @Test
    void looksWithItsOwnCredentialsAndAsksWithThoseOfTheProfile(@TempDir Path home) throws IOException {
        account.launchWithAddress();
        var session = account.session("FindFreeEip");
        profile(home, "find-free-eip", session);
        wire.forget();

        var ended = run("--dry-run=find-free-eip");

        assertThat(ended.seen("Ec2AcceptsCalls"))
                .startsWith("EC2 would accept calls: 3, asked as arn:aws:sts::123456789012:assumed-role/")
                .endsWith("/probe");
        assertThat(dryRuns())
                .containsExactlyInAnyOrder("DescribeAddresses", "DescribeInstances", "DescribeAvailabilityZones");
        assertThat(wire.accessKeys("DescribeInstances")).containsExactly(session.accessKeyId());
        assertThat(wire.accessKeys("DescribeAddresses")).containsExactlyInAnyOrder("test", session.accessKeyId());
        assertThat(wire.accessKeys("DescribeAutoScalingGroups")).containsExactly("test");
    }

    @Test
    void aProfileWithoutCredentialsIsOneLineAndTheEndIsThree() throws Exception {
        assertOneLine(
                command(wire.url().toString(), "--group", GROUP, "--dry-run=absent"),
                "preflight: no credentials of the profile absent");
    }

    private void refuseDryRuns(String operation) {
        wire.answerFirst(
                operation,
                body -> body.contains("DryRun=true"),
                Wire.ec2Error(403, "UnauthorizedOperation", "You are not authorized to perform this operation."));
    }

    /** What was sent as one. */
    private List<String> dryRuns() {
        return Stream.of(
                        "DescribeAddresses",
                        "DescribeInstances",
                        "DescribeAvailabilityZones",
                        "AssociateAddress",
                        "DisassociateAddress")
                .filter(operation -> wire.sent(operation).stream().anyMatch(sent -> "true".equals(sent.get("DryRun"))))
                .toList();
    }

    private static void profile(Path home, String name, Credentials session) throws IOException {
        var config = Files.writeString(
                home.resolve("config"),
                "[profile " + name + "]\naws_access_key_id = " + session.accessKeyId() + "\naws_secret_access_key = "
                        + session.secretAccessKey() + "\naws_session_token = " + session.sessionToken() + "\n");
        System.setProperty("aws.configFile", config.toString());
    }

    // ---------------------------------------------------------------- what is only warned of

    @Test
    void warnsOfAPoolWithoutHeadroomForTheMaintenancePolicy() {
        wire.rewrite(
                "DescribeAutoScalingGroups",
                Endpoints.moto(),
                groups -> groups.replace(
                        "<MaxSize>",
                        "<InstanceMaintenancePolicy><MinHealthyPercentage>100</MinHealthyPercentage>"
                                + "<MaxHealthyPercentage>200</MaxHealthyPercentage></InstanceMaintenancePolicy><MaxSize>"));
        account.release(1);

        assertOnlyWarns("PoolHeadroom", "needs up to 3 more");
    }

    @Test
    void warnsOfAWarmPoolWhoseInstancesKeepTheirAddresses() {
        account.autoScaling.putWarmPool(request -> request.autoScalingGroupName(GROUP)
                .minSize(4)
                .instanceReusePolicy(
                        InstanceReusePolicy.builder().reuseOnScaleIn(true).build()));

        assertOnlyWarns("WarmPoolHoldsNoAddress", "up to 7 instances");
    }

    @Test
    void warnsOfAnInstanceThatIsInServiceWithoutAnAddress() {
        account.autoScaling.setDesiredCapacity(
                request -> request.autoScalingGroupName(GROUP).desiredCapacity(1));

        assertOnlyWarns("PoolFreeNow", "in service without an address of Application=ForwardProxy: i-");
    }

    @Test
    void warnsOfAnAddressWithoutTags() {
        var untagged = account.allocate(Map.of());

        assertOnlyWarns("AddressesTagged", untagged);
    }

    @Test
    void warnsOfAnAddressThatAServiceManages() {
        var managed = account.addresses.get(0);
        wire.rewrite(
                "DescribeAddresses",
                Endpoints.moto(),
                addresses -> addresses.replace(
                        "<allocationId>" + managed, "<serviceManaged>nlb</serviceManaged><allocationId>" + managed));

        assertOnlyWarns("PoolUsable", managed + " (nlb)");
    }

    @Test
    void warnsOfASubnetThatGivesAPublicAddress() {
        var subnet = account.subnets.get(0);
        account.ec2.modifySubnetAttribute(
                request -> request.subnetId(subnet).mapPublicIpOnLaunch(value -> value.value(true)));

        assertOnlyWarns("SubnetsGiveNoAddress", subnet);
    }

    @Test
    void warnsOfMetadataThatIsNoJson() {
        metadataIs("owner: network team");

        assertOnlyWarns("HookPoolReadable", "is no JSON");
    }

    @Test
    void warnsWhenAnAnswerHoldsNothing() {
        wire.passOnTarget("AWSEvents.TestEventPattern", Endpoints.moto());

        assertOnlyWarns("RuleMatchesHook", "events:TestEventPattern answered nothing");
    }

    @Test
    void warnsWhenAServiceFails() {
        wire.answer("DescribeAddresses", Wire.ec2Error(400, "InternalFailure", "An internal error has occurred"));

        assertThat(run().seen("PoolLargeEnough"))
                .isEqualTo("could not look: ec2:DescribeAddresses answered InternalFailure:"
                        + " An internal error has occurred");
    }

    @ParameterizedTest
    @CsvSource({
        "cloudformation:DescribeStacks, StackDeployed",
        "cloudformation:DescribeStackResources, StackDeployed",
        "autoscaling:DescribeAutoScalingGroups, GroupExists",
        "autoscaling:DescribeLifecycleHooks, HookHolds",
        "ec2:DescribeAddresses, PoolLargeEnough",
        "ec2:DescribeSubnets, SubnetsReachInternet",
        "ec2:DescribeRouteTables, SubnetsReachInternet",
        "ec2:DescribeAvailabilityZones, SubnetsReachInternet",
        "ec2:DescribeLaunchTemplateVersions, InstancesTagged",
        "events:DescribeRule, RuleStartsWorkflow",
        "events:ListTargetsByRule, RuleStartsWorkflow",
        "events:TestEventPattern, RuleMatchesHook",
        "iam:SimulatePrincipalPolicy, RolesMayCall",
        "lambda:GetFunctionConfiguration, HeartbeatLongEnough",
    })
    void whoMayNotLookIsWarnedAndToldThePermission(String permission, String check) {
        if (permission.endsWith("LaunchTemplateVersions")) {
            account.deploy(Map.of("InstanceTagKey", "Service", "InstanceTagValue", "proxy"));
        }
        deny(permission.split(":")[0], permission.split(":")[1]);

        var ended = run();

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.checks("warning")).contains(check);
        assertThat(ended.seen(check)).isEqualTo("not allowed to look, needs " + permission);
        assertThat(ended.out() + ended.err()).doesNotContain("Exception");
    }

    private void deny(String service, String operation) {
        switch (service) {
            case "ec2" -> wire.answer(operation, Wire.ec2Error(403, "UnauthorizedOperation", "You are not authorized"));
            case "events" -> wire.answerTarget("AWSEvents." + operation, jsonDenial());
            case "lambda" -> wire.answerGet("/2015-03-31/functions/.*", jsonDenial());
            default -> wire.answer(operation, Wire.autoScalingError(403, "AccessDenied", "User is not authorized"));
        }
    }

    private static ResponseDefinitionBuilder jsonDenial() {
        return aResponse()
                .withStatus(403)
                .withHeader("x-amzn-ErrorType", "AccessDeniedException")
                .withBody("{\"__type\": \"AccessDeniedException\", \"Message\": \"User is not authorized\"}");
    }

    // ---------------------------------------------------------------- how

    private void stackIs(UnaryOperator<String> change) {
        wire.rewrite(
                "DescribeStacks",
                Endpoints.moto(),
                stack -> change.apply(stack.replaceAll("\\[(?:'|&#x27;)(.*?)(?:'|&#x27;)\\]", "$1")
                        .replaceAll("(?:'|&#x27;), (?:'|&#x27;)", ",")));
    }

    /** The launch hook's. */
    private void metadataIs(String metadata) {
        var name = "<LifecycleHookName>" + HOOK + "</LifecycleHookName>";
        wire.rewrite(
                "DescribeLifecycleHooks",
                Endpoints.moto(),
                hooks -> hooks.replace(name, name + "<NotificationMetadata>" + metadata + "</NotificationMetadata>"));
    }

    /** EC2 tells border groups, moto does not: here they are, {@code zone} being a Local Zone. */
    private void borderGroups(String zone) {
        wire.rewrite(
                "DescribeAvailabilityZones",
                Endpoints.moto(),
                zones -> zones.replaceAll(
                                "<zoneName>(.*?)</zoneName>",
                                "<zoneName>$1</zoneName><networkBorderGroup>of $1</networkBorderGroup>")
                        .replace("of " + zone, "eu-west-1-lhr-1")
                        .replaceAll("of (\\w+-\\w+-\\d)\\w", "$1"));
        wire.rewrite(
                "DescribeAddresses",
                Endpoints.moto(),
                addresses -> addresses.replace(
                        "<allocationId>", "<networkBorderGroup>eu-west-1</networkBorderGroup><allocationId>"));
    }

    private static String simulated(String decision) {
        return "<SimulatePrincipalPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member>"
                + "<EvalActionName>action</EvalActionName><EvalDecision>" + decision + "</EvalDecision></member>"
                + "</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";
    }

    private void assertOnlyFails(String check, String seen) {
        assertOnly("failed", check, seen, 1);
    }

    private void assertOnlyWarns(String check, String seen) {
        assertOnly("warning", check, seen, 0);
    }

    private void assertOnly(String status, String check, String seen, int exit) {
        var ended = run();

        assertThat(ended.checks("failed", "warning")).containsExactly(check);
        assertThat(ended.checks(status)).containsExactly(check);
        assertThat(ended.seen(check)).contains(seen);
        assertThat(ended.fix(check)).isNotEmpty();
        assertThat(ended.exit()).isEqualTo(exit);
    }

    private static void assertOneLine(Ended ended, String line) {
        assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).singleElement().asString().startsWith(line);
    }

    private record Ended(int exit, String out, String err) {
        List<String> checks(String... statuses) {
            return findings()
                    .filter(finding ->
                            List.of(statuses).contains(finding.path("status").asText()))
                    .map(finding -> finding.path("check").asText())
                    .distinct()
                    .toList();
        }

        String seen(String check) {
            return of(check, "seen");
        }

        String fix(String check) {
            return of(check, "fix");
        }

        private String of(String check, String field) {
            return findings()
                    .filter(finding -> finding.path("check").asText().equals(check))
                    .map(finding -> finding.path(field).asText())
                    .collect(joining("\n"));
        }

        private Stream<JsonNode> findings() {
            try {
                var findings = new ArrayList<JsonNode>();
                new ObjectMapper().readTree(out).path("findings").forEach(findings::add);
                return findings.stream();
            } catch (IOException e) {
                throw new AssertionError(out + err, e);
            }
        }
    }

    /** In this process, which is quicker, with JSON, which is easier to read. */
    private Ended run(String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Preflight.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("--group", GROUP, "--json"), Stream.of(options))
                        .toArray(String[]::new));
        return new Ended(exit, out.toString(), err.toString());
    }

    private static Ended command(String endpoint, String... options) throws IOException, InterruptedException {
        return command(List.of(), endpoint, options);
    }

    private static Ended command(List<String> unset, String endpoint, String... options)
            throws IOException, InterruptedException {
        var err = Files.createTempFile("preflight", "err");
        var builder = new ProcessBuilder(Stream.concat(Stream.of("../preflight"), Stream.of(options))
                        .toList())
                .redirectError(err.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(Map.of(
                "AWS_ENDPOINT_URL", endpoint,
                "AWS_REGION", ProxyAccount.REGION.id(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null"));
        environment.keySet().removeAll(unset);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        var ended = new Ended(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return ended;
    }
}
