package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Permission;
import eiponlaunch.preflight.facts.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackChecksTest {
    private final Sample sample = new Sample();

    @Test
    void failsOnARuleThatIsDisabled() {
        sample.rule = new Rule("LaunchRule", false, "{}", List.of(Sample.START_ONCE));

        assertFinding(sample.judgedBy(new RuleStartsWorkflow()))
                .failed("LaunchRule is disabled")
                .andAdvises("aws events enable-rule --name LaunchRule");
    }

    @Test
    void failsOnARuleThatStartsNothing() {
        sample.rule = new Rule("LaunchRule", true, "{}", List.of());

        assertFinding(sample.judgedBy(new RuleStartsWorkflow())).failed("but nothing");
    }

    @Test
    void failsOnARuleThatStartsSomethingElse() {
        sample.rule = new Rule("LaunchRule", true, "{}", List.of(Sample.START_ONCE + "2"));

        assertFinding(sample.judgedBy(new RuleStartsWorkflow())).failed(Sample.START_ONCE + "2");
    }

    @Test
    void failsWhenTheStackLacksItsStateMachine() {
        sample.resources.clear();

        assertFinding(sample.judgedBy(new RuleStartsWorkflow())).failed("has no StartOnce");
    }

    @Test
    void failsOnARuleThatDoesNotMatchTheHooksLaunches() {
        sample.matches = List.of(new Rule.Match("another", false));

        assertFinding(sample.judgedBy(new RuleMatchesHook()))
                .failed("does not match the launches of forward-proxy that another holds")
                .andAdvises("HookNames");
    }

    @Test
    void failsOnARuleOfTerminationsThatIsDisabledOrStartsTheWorkflowOfLaunches() {
        sample.withEarlyRelease().terminateRule =
                new Rule("TerminateRule", false, "{}", List.of(Sample.EIP_ON_TERMINATE));
        assertFinding(sample.terminationsJudgedBy(new RuleStartsWorkflow())).failed("TerminateRule is disabled");

        sample.terminateRule = new Rule("TerminateRule", true, "{}", List.of(Sample.START_ONCE));
        assertFinding(sample.terminationsJudgedBy(new RuleStartsWorkflow()))
                .failed("does not start EipOnTerminate, but " + Sample.START_ONCE);
    }

    @Test
    void failsOnARuleThatDoesNotMatchTheHooksTerminations() {
        sample.withEarlyRelease().terminateMatches = List.of(new Rule.Match(Sample.TERMINATE_HOOK, false));

        assertFinding(sample.terminationsJudgedBy(new RuleMatchesHook()))
                .failed("does not match the terminations of forward-proxy that disassociate-eip holds")
                .andAdvises("TerminateHookNames");
    }

    @ParameterizedTest
    @ValueSource(strings = {"implicitDeny", "explicitDeny"})
    void failsForEachCallThatARoleDoesNotAllow(String decision) {
        sample.permissions.add(new Permission("AssociateEip", "ec2:AssociateAddress", "arn:eip", decision));
        sample.permissions.add(new Permission("CompleteLifecycle", "autoscaling:X", "arn:group", decision));

        assertThat(new RolesMayCall().judge(sample.facts()))
                .hasSize(2)
                .first()
                .satisfies(finding -> assertFinding(finding)
                        .failed("AssociateEip may not call ec2:AssociateAddress on arn:eip: " + decision)
                        .andAdvises("AssociateEipRole"));
    }
}
