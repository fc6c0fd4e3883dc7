package eiponlaunch.emulators.preflight;

import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static eiponlaunch.emulators.preflight.ProxyAccount.HOOK;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.wire.Wire;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;

/** Each thing that keeps launches from getting their address is a check that fails, with what to do. */
class PreflightFailuresIT extends PreflightOverTheWire {
    @Test
    void failsWithoutAStackButJudgesTheRestByTheDefaults() {
        var ended = run("--stack", "another");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed")).containsExactly("StackDeployed");
        assertThat(ended.checks("notChecked")).containsExactly("RuleStartsWorkflow", "RuleMatchesHook", "RolesMayCall");
        assertThat(ended.seen("StackDeployed")).isEqualTo("there is no stack another");
        assertThat(ended.fix("StackDeployed")).contains("--stack");
        assertThat(ended.checks("ok")).hasSize(15);
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
        assertThat(ended.checks("failed")).containsExactly("GroupExists");
        assertThat(ended.seen("GroupExists")).isEqualTo("there is no group forward-proxy in eu-west-1");
        assertThat(ended.checks("ok")).containsExactly("StackDeployed", "InstancesTagged", "RuleStartsWorkflow");
    }

    @Test
    void failsOnAGroupThatLaunchesNothing() {
        account.autoScaling.suspendProcesses(
                request -> request.autoScalingGroupName(GROUP).scalingProcesses("Launch", "ReplaceUnhealthy"));

        assertOnlyFails("GroupExists", "the process Launch is suspended");
    }

    @Test
    void failsWithoutTheHook() {
        account.autoScaling.deleteLifecycleHook(
                request -> request.autoScalingGroupName(GROUP).lifecycleHookName(HOOK));

        var ended = run();

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed")).containsExactly("HookHolds");
        assertThat(ended.checks("notChecked"))
                .containsExactly("HeartbeatLongEnough", "HookPoolReadable", "RuleMatchesHook");
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
        assertThat(ended.fix("PoolLargeEnough"))
                .startsWith("allocate 1 more address, or lower the maximum size\naws ec2 allocate-address");
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
    void failsOnSubnetsThatVpcBlockPublicAccessCutsOff() {
        blockPublicAccess("off");
        assertThat(run().checks("failed")).isEmpty();

        blockPublicAccess("block-ingress");
        assertOnlyFails("SubnetsReachInternet", account.subnets.get(0) + " (block-ingress)");
    }

    /** moto counts the free addresses of such a subnet, which are more than EC2's type for them takes. */
    @Test
    void failsOnSubnetsWithoutIpv4() {
        wire.rewrite(
                "DescribeSubnets",
                Endpoints.moto(),
                subnets -> subnets.replaceAll("(?i)<ipv6Native>false", "<ipv6Native>true"));

        assertOnlyFails("SubnetsReachInternet", "IPv6 only, so no instance there can have an Elastic IP");
        assertThat(run().seen("SubnetsReachInternet")).contains(account.subnets);
    }

    private void blockPublicAccess(String mode) {
        wire.rewrite(
                "DescribeSubnets",
                Endpoints.moto(),
                subnets -> subnets.replace(
                        "<subnetId>",
                        "<blockPublicAccessStates><internetGatewayBlockMode>" + mode
                                + "</internetGatewayBlockMode></blockPublicAccessStates><subnetId>"));
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
    void failsWhenOneOfTheLaunchTemplatesDoesNotGiveInstancesTheTagThatTheyNeed() {
        account.deploy(Map.of("InstanceTagKey", "Service", "InstanceTagValue", "proxy"));
        assertThat(run().checks("failed")).isEmpty();

        var another = account.launchAlsoWithAnotherTemplate();
        var ended = run();

        assertThat(ended.checks("failed")).containsExactly("InstancesTagged");
        assertThat(ended.seen("InstancesTagged"))
                .endsWith("get no such tag from the launch template " + another + " (version 1)");
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

        assertThat(run().checks("failed")).containsExactly("RuleStartsWorkflow");
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
        "states%3AStartExecution, LaunchRuleRole, LaunchRule may not call states:StartExecution on arn:aws:states",
        "lambda%3AInvokeFunction, EipOnLaunchRole, EipOnLaunch may not call lambda:InvokeFunction on arn:aws:lambda",
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
}
