package eiponlaunch.preflight.read;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.check.Sample;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Transition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListRulesRequest;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternRequest;
import software.amazon.awssdk.services.eventbridge.model.TestEventPatternResponse;

class RuleReaderTest {
    @ParameterizedTest
    @CsvSource({"ENABLED, true", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS, true", "DISABLED, false"})
    void aRuleIsEnabledUnlessItIsDisabled(String state, boolean enabled) {
        var reader = reader(state, "{}");

        assertThat(reader.rule("own").orElse(null).enabled()).isEqualTo(enabled);
        assertThat(others(reader)).isEqualTo(enabled ? List.of("other") : List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source\": [\"aws.ec2\", \"aws.autoscaling\"]}",
                "{\"source\": [{\"suffix\": \"scaling\"}]}",
                "{\"source\": [\"aws.ec2\", {\"equals-ignore-case\": \"AWS.AutoScaling\"}]}",
                "{\"source\": [{\"exists\": true}]}",
                "{\"$or\": [{\"source\": [\"aws.ec2\"]}, {\"region\": [\"eu-west-1\"]}]}",
                "{\"account\": [\"123456789012\"]}",
            })
    void asksOfEveryRuleThatMayMatchAutoScaling(String pattern) {
        assertThat(others(reader("ENABLED", pattern))).containsExactly("other");
    }

    @Test
    void asksOfNoRuleThatListsOnlyOtherSources() {
        assertThat(others(reader("ENABLED", "{\"source\": [\"aws.ec2\", \"my.autoscaling\"]}")))
                .isEmpty();
    }

    private static List<String> others(RuleReader reader) {
        var group = new Sample().facts().group().orElse(null);
        var own = new eiponlaunch.preflight.facts.Rule("own", true, "{}", List.of());
        return reader.others(own, group, Transition.LAUNCH, "associate-eip").orElse(null);
    }

    private static RuleReader reader(String state, String pattern) {
        return new RuleReader(new Bus(state, pattern), new Account("123456789012", "aws", "eu-west-1", "arn"));
    }

    /** A bus with the stack's rule and another one, on which every pattern that is asked of matches. */
    private record Bus(String state, String pattern) implements EventBridgeClient {
        @Override
        public DescribeRuleResponse describeRule(DescribeRuleRequest request) {
            return DescribeRuleResponse.builder()
                    .state(state)
                    .eventPattern(pattern)
                    .build();
        }

        @Override
        public ListRulesResponse listRules(ListRulesRequest request) {
            return ListRulesResponse.builder()
                    .rules(Stream.of("own", "other")
                            .map(name -> Rule.builder()
                                    .name(name)
                                    .state(state)
                                    .eventPattern(pattern)
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest request) {
            return ListTargetsByRuleResponse.builder().build();
        }

        @Override
        public TestEventPatternResponse testEventPattern(TestEventPatternRequest request) {
            return TestEventPatternResponse.builder().result(true).build();
        }

        @Override
        public String serviceName() {
            return "events";
        }

        @Override
        public void close() {}
    }
}
