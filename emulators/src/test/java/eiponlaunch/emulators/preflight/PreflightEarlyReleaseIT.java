package eiponlaunch.emulators.preflight;

import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static eiponlaunch.emulators.preflight.ProxyAccount.TERMINATE_HOOK;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.emulators.wire.Wire;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.autoscaling.model.InstanceReusePolicy;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;

/** Terminating hooks, where the stack answers them. */
class PreflightEarlyReleaseIT extends PreflightOverTheWire {
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
        assertThat(ended.seen("RolesMayCall")).isEqualTo("all 23 calls are allowed");
        assertThat(wire.operations())
                .as("the timeouts that count")
                .anyMatch(operation -> operation.contains("/functions/" + account.resource("DisassociateEip") + "/"));
    }

    @Test
    void warnsOnceOfAGroupWithoutTheTerminatingHook() {
        account.releaseEarly();
        account.autoScaling.deleteLifecycleHook(
                request -> request.autoScalingGroupName(GROUP).lifecycleHookName(TERMINATE_HOOK));

        var ended = run();

        assertThat(ended.exit()).isZero();
        assertThat(ended.checks("warning", "failed", "notChecked"))
                .as("what depends on a hook that may be missing on purpose says nothing of it")
                .containsExactly("HookHolds");
        assertThat(ended.checks("warning")).containsExactly("HookHolds");
        assertThat(ended.checks("ok")).contains("HeartbeatLongEnough", "HookPoolReadable", "RuleMatchesHook");
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
}
