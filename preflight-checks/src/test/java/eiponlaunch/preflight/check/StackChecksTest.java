package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.DryRuns;
import eiponlaunch.preflight.facts.DryRuns.DryRun;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Permission;
import eiponlaunch.preflight.facts.Rule;
import java.util.List;
import java.util.Optional;
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

    /** The second of two stacks that answer a launch would find the address of the first. */
    @Test
    void warnsOfAnotherRuleThatMatchesTheSameLaunches() {
        sample.otherRules = Lookup.of(List.of("other-stack-LaunchRule"));

        var findings = new RuleMatchesHook().judge(sample.facts());

        assertThat(findings).hasSize(2);
        assertFinding(findings.get(0)).isOk();
        assertFinding(findings.get(1))
                .warns("other enabled rules match the same launches: other-stack-LaunchRule")
                .andAdvises("HookNames");
    }

    @Test
    void saysWhatItLacksToLookForOtherRulesBesideWhatItSaw() {
        sample.otherRules = Lookup.notAllowed("events:ListRules");

        var findings = new RuleMatchesHook().judge(sample.facts());

        assertFinding(findings.get(0)).isOk();
        assertFinding(findings.get(1)).isNotChecked("events:ListRules");
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

    @Test
    void withoutDryRunsThereIsNoFindingOfThem() {
        sample.dryRuns = Optional.empty();

        assertThat(new Ec2AcceptsCalls().judge(sample.facts())).isEmpty();
    }

    @Test
    void failsForACallThatEc2RefusesAndNamesWhoAsked() {
        dryRuns(Optional.empty(), List.of(Lookup.of(true), Lookup.of(false)));

        var findings = new Ec2AcceptsCalls().judge(sample.facts());

        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).seen()).isEqualTo("EC2 would accept calls: 1, asked as " + Sample.OPERATOR);
        assertFinding(findings.get(1))
                .failed("EC2 refuses ec2:AssociateAddress of AssociateEip, asked as " + Sample.OPERATOR)
                .andAdvises("--dry-run=PROFILE with a profile of the stack's AssociateEipRole");
    }

    @Test
    void whoAskedAsTheFunctionLooksAtItsPolicies() {
        dryRuns(Optional.of("AssociateEip"), List.of(Lookup.of(false)));

        assertFinding(sample.judgedBy(new Ec2AcceptsCalls()))
                .failed("EC2 refuses ec2:AssociateAddress of AssociateEip")
                .andAdvises("service control policies");
    }

    @Test
    void warnsOfACallThatCouldNotBeAsked() {
        dryRuns(
                Optional.empty(),
                List.of(Lookup.notAsked("the group has no instance", Fix.of("run preflight again when it has one"))));

        assertFinding(sample.judgedBy(new Ec2AcceptsCalls()))
                .warns("ec2:AssociateAddress of AssociateEip: not asked, as the group has no instance")
                .andAdvises("run preflight again");
    }

    @Test
    void aFunctionWithoutCallsOfEc2HasNothingToAsk() {
        dryRuns(Optional.of("CompleteLifecycle"), List.of());

        var finding = sample.judgedBy(new Ec2AcceptsCalls());
        assertFinding(finding).isOk();
        assertThat(finding.seen()).startsWith("nothing to ask, as CompleteLifecycle calls no EC2");
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

    private void dryRuns(Optional<String> function, List<Lookup<Boolean>> accepted) {
        sample.dryRuns = Optional.of(Lookup.of(new DryRuns(
                Sample.OPERATOR,
                function,
                accepted.stream()
                        .map(answer -> new DryRun("AssociateEip", "ec2:AssociateAddress", answer))
                        .toList())));
    }
}
