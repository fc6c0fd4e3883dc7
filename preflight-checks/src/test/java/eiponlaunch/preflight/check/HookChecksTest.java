package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static eiponlaunch.preflight.check.Sample.hook;
import static eiponlaunch.preflight.check.Sample.terminateHook;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookChecksTest {
    private final Sample sample = new Sample();

    @Test
    void failsWithoutAHookAndSaysHowToPutIt() {
        sample.hooks = List.of(hook("another", 720, null));

        assertFinding(sample.judgedBy(new HookHolds()))
                .failed("no hook associate-eip")
                .andAdvises("--lifecycle-hook-name associate-eip --lifecycle-transition"
                        + " autoscaling:EC2_INSTANCE_LAUNCHING --default-result ABANDON --heartbeat-timeout 720");
    }

    @Test
    void judgesTheHookThatWasAskedForAndNoOther() {
        sample.hooks = List.of(hook("associate-eip", 720, null), hook("another", 60, null));
        sample.hookName = Optional.of("another");

        assertFinding(sample.judgedBy(new HeartbeatLongEnough())).failed("another: heartbeat 60 s");
    }

    @Test
    void judgesEachHookOfTheStackThatTheGroupHas() {
        sample.parameters.put("HookNames", "blue, green,absent");
        sample.hooks = List.of(hook("blue", 720, null), hook("other", 1, null), hook("green", 720, null));

        assertThat(new HookHolds().judge(sample.facts()))
                .extracting(Finding::seen)
                .satisfiesExactly(
                        seen -> assertThat(seen).startsWith("blue:"),
                        seen -> assertThat(seen).startsWith("green:"));
    }

    @Test
    void failsOnAHookOfAnotherTransition() {
        sample.hooks = List.of(
                new Hook(Sample.HOOK, "autoscaling:EC2_INSTANCE_TERMINATING", "ABANDON", 720, Optional.empty()));

        assertFinding(sample.judgedBy(new HookHolds()))
                .failed("autoscaling:EC2_INSTANCE_TERMINATING")
                .andAdvises("autoscaling:EC2_INSTANCE_LAUNCHING");
    }

    @Test
    void failsOnAHookThatContinuesByDefault() {
        sample.hooks =
                List.of(new Hook(Sample.HOOK, "autoscaling:EC2_INSTANCE_LAUNCHING", "CONTINUE", 720, Optional.empty()));

        assertFinding(sample.judgedBy(new HookHolds()))
                .failed("default result CONTINUE")
                .andAdvises("--default-result ABANDON");
    }

    @ParameterizedTest
    @CsvSource({"719, failed", "720, ok", "721, warning"})
    void heartbeatHoldsTheDeadlineAndTwoMinutesAndIsThatOfTheStack(int seconds, Status status) {
        sample.hooks = List.of(hook(Sample.HOOK, seconds, null));

        assertThat(sample.judgedBy(new HeartbeatLongEnough()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"1019, failed", "1020, ok"})
    void heartbeatHoldsTheDeadlineOfTheStack(int seconds, Status status) {
        sample.parameters.put("DeadlineSeconds", "900");
        sample.parameters.put("HeartbeatSeconds", Integer.toString(seconds));
        sample.hooks = List.of(hook(Sample.HOOK, seconds, null));

        assertThat(sample.judgedBy(new HeartbeatLongEnough()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"60, ok", "61, failed"})
    void heartbeatHoldsTheFunctionsThatStillRunAfterTheDeadline(int timeout, Status status) {
        sample.timeouts = Lookup.of(List.of(timeout, 60));

        assertThat(sample.judgedBy(new HeartbeatLongEnough()).status()).isEqualTo(status);
    }

    @Test
    void heartbeatIsJudgedByTheDefaultsWithoutAStack() {
        sample.stack = Lookup.missing("there is no stack", Fix.of("deploy it"));
        sample.timeouts = Lookup.missing("there is no stack", Fix.of("deploy it"));

        assertFinding(sample.judgedBy(new HeartbeatLongEnough())).isOk();
    }

    @Test
    void heartbeatIsNotCheckedForWhoMayNotSeeTheFunctions() {
        sample.timeouts = Lookup.notAllowed("lambda:GetFunctionConfiguration");

        assertFinding(sample.judgedBy(new HeartbeatLongEnough())).isNotChecked("lambda:GetFunctionConfiguration");
    }

    @Test
    void hookMayChooseAPoolByAKeyThatIsAllowed() {
        sample.parameters.put("HookPoolTagKeys", "Service,Stage");
        sample.hooks = List.of(hook(Sample.HOOK, 720, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertThat(sample.judgedBy(new HookPoolReadable()))
                .isEqualTo(new Finding("HookPoolReadable", Status.ok, "associate-eip: Service=mail", Fix.NONE));
    }

    @Test
    void failsOnAHookThatChoosesAPoolByAKeyThatIsNotAllowed() {
        sample.hooks = List.of(hook(Sample.HOOK, 720, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertFinding(sample.judgedBy(new HookPoolReadable())).failed("Service").andAdvises("HookPoolTagKeys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pool\": \"mail\"}",
                "{}",
                "[]",
                "{\"eipPool\": {}}",
                "{\"eipPool\":",
                "'{\"eipPool\": {\"Service\": \"mail\"}}'",
                "eipPool=Service=mail"
            })
    void failsOnMetadataThatIsMeantForUsAndOfAnotherForm(String metadata) {
        sample.hooks = List.of(hook(Sample.HOOK, 720, metadata));

        assertFinding(sample.judgedBy(new HookPoolReadable())).failed(metadata).andAdvises("--notification-metadata");
    }

    @Test
    void warnsOfMetadataThatIsNoJson() {
        sample.hooks = List.of(hook(Sample.HOOK, 720, "Service=mail"));

        assertFinding(sample.judgedBy(new HookPoolReadable())).warns("so its pool is Application=ForwardProxy");
    }

    @Test
    void warnsOfTwoHooksThatChooseDifferentPools() {
        sample.parameters.put("HookNames", "blue,green");
        sample.parameters.put("HookPoolTagKeys", "Service");
        sample.hooks = List.of(hook("blue", 720, null), hook("green", 720, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertThat(new HookPoolReadable().judge(sample.facts()))
                .last()
                .satisfies(finding -> assertFinding(finding).warns("choose 2 pools"));
    }

    // ---------------------------------------------------------------- terminations

    @Test
    void warnsOfAGroupWithoutTheTerminatingHookAndSaysHowToPutIt() {
        sample.withEarlyRelease().terminateHooks = List.of(terminateHook("another", 300, null));

        assertFinding(sample.terminationsJudgedBy(new HookHolds()))
                .warns("no hook disassociate-eip")
                .andAdvises("--lifecycle-hook-name disassociate-eip --lifecycle-transition"
                        + " autoscaling:EC2_INSTANCE_TERMINATING --default-result CONTINUE --heartbeat-timeout 300");
    }

    @Test
    void theLaunchHookThatWasAskedForLeavesTheTerminatingHooks() {
        sample.withEarlyRelease().hookName = Optional.of(Sample.HOOK);

        assertFinding(sample.terminationsJudgedBy(new HookHolds())).isOk();
    }

    @Test
    void failsOnATerminatingHookThatHoldsLaunches() {
        sample.withEarlyRelease().terminateHooks = List.of(hook(Sample.TERMINATE_HOOK, 300, null));

        assertFinding(sample.terminationsJudgedBy(new HookHolds()))
                .failed("is a hook of autoscaling:EC2_INSTANCE_LAUNCHING, not of autoscaling:EC2_INSTANCE_TERMINATING")
                .andAdvises("--lifecycle-transition autoscaling:EC2_INSTANCE_TERMINATING");
    }

    @Test
    void warnsOfATerminatingHookThatAbandonsByDefault() {
        sample.withEarlyRelease().terminateHooks = List.of(new Hook(
                Sample.TERMINATE_HOOK, "autoscaling:EC2_INSTANCE_TERMINATING", "ABANDON", 300, Optional.empty()));

        assertFinding(sample.terminationsJudgedBy(new HookHolds()))
                .warns("default result ABANDON, so the group's other terminating hooks are skipped on a timeout")
                .andAdvises("--default-result CONTINUE");
    }

    @Test
    void warnsThatATerminatingHookThatAbandonsByDefaultKeepsTheAddressWhereTheGroupRetainsInstances() {
        sample.retains = true;
        sample.withEarlyRelease().terminateHooks = List.of(new Hook(
                Sample.TERMINATE_HOOK, "autoscaling:EC2_INSTANCE_TERMINATING", "ABANDON", 300, Optional.empty()));

        assertFinding(sample.terminationsJudgedBy(new HookHolds()))
                .warns("on a timeout the group retains the instance, which keeps its address")
                .andAdvises("--default-result CONTINUE");
    }

    @ParameterizedTest
    @CsvSource({"299, warning", "300, ok", "301, warning"})
    void terminatingHeartbeatIsAsTheWorkflowTakesItToBe(int seconds, Status status) {
        sample.withEarlyRelease().terminateHooks = List.of(terminateHook(Sample.TERMINATE_HOOK, seconds, null));

        assertThat(sample.terminationsJudgedBy(new HeartbeatLongEnough()).status())
                .isEqualTo(status);
    }

    @Test
    void terminatingHeartbeatIsToldWithItsParameter() {
        sample.withEarlyRelease().terminateHooks = List.of(terminateHook(Sample.TERMINATE_HOOK, 30, null));

        assertFinding(sample.terminationsJudgedBy(new HeartbeatLongEnough()))
                .warns("disassociate-eip: heartbeat 30 s")
                .andAdvises("or set TerminateHeartbeatSeconds=30\naws autoscaling put-lifecycle-hook");
    }

    @Test
    void failsOnATerminatingHookThatChoosesAPoolByAKeyThatIsNotAllowed() {
        sample.withEarlyRelease().terminateHooks =
                List.of(terminateHook(Sample.TERMINATE_HOOK, 300, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertFinding(sample.terminationsJudgedBy(new HookPoolReadable()))
                .failed("Service")
                .andAdvises("HookPoolTagKeys");
    }

    @Test
    void failsOnATerminatingHookThatGivesBackToAnotherPoolThanLaunchesTakeFrom() {
        sample.withEarlyRelease().parameters.put("HookPoolTagKeys", "Service");
        sample.hooks = List.of(hook(Sample.HOOK, 720, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertFinding(sample.terminationsJudgedBy(new HookPoolReadable()))
                .failed("gives back addresses of Application=ForwardProxy, but launches take theirs of Service=mail")
                .andAdvises("NotificationMetadata of the launch hook");
    }

    @Test
    void acceptsATerminatingHookWithTheMetadataOfTheLaunchHook() {
        sample.withEarlyRelease().parameters.put("HookPoolTagKeys", "Service");
        sample.hooks = List.of(hook(Sample.HOOK, 720, "{\"eipPool\": {\"Service\": \"mail\"}}"));
        sample.terminateHooks =
                List.of(terminateHook(Sample.TERMINATE_HOOK, 300, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertFinding(sample.terminationsJudgedBy(new HookPoolReadable())).isOk();
    }

    @Test
    void terminatingHooksMayGiveBackToSeveralPools() {
        sample.withEarlyRelease().parameters.putAll(Map.of("HookPoolTagKeys", "Service", "HookNames", "blue,green"));
        sample.parameters.put("TerminateHookNames", "red,gold");
        sample.hooks = List.of(hook("blue", 720, null), hook("green", 720, "{\"eipPool\": {\"Service\": \"mail\"}}"));
        sample.terminateHooks = List.of(
                terminateHook("red", 300, null), terminateHook("gold", 300, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertThat(new HookPoolReadable().judge(sample.facts()))
                .filteredOn(finding -> finding.status() != Status.ok)
                .singleElement()
                .satisfies(finding -> assertFinding(finding).warns("an instance keeps one address"));
    }
}
