package eiponlaunch.preflight.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import eiponlaunch.preflight.check.Sample;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Settings;
import eiponlaunch.preflight.facts.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final Account ACCOUNT = new Account("123456789012", "aws-cn", "cn-north-1", "arn");

    private static final Map<String, String> EVERYTHING =
            Map.of("TerminateHookNames", "disassociate-eip", "ReconcileGroups", "forward-proxy");

    /** The resources of a stack, with physical IDs like CloudFormation's. */
    private static final Stack STACK = new Stack(
            "eip-on-launch",
            "CREATE_COMPLETE",
            Map.of(),
            Stream.of(
                            "StartOnce",
                            "EipOnLaunch",
                            "EipOnTerminate",
                            "Reconcile",
                            "FindFreeEip",
                            "AssociateEip",
                            "CompleteLifecycle",
                            "DisassociateEip",
                            "FindInstancesWithoutEip")
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> name.matches("StartOnce|EipOn.*|Reconcile")
                                    ? "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:" + name
                                    : "stack-" + name)));

    @Test
    void asksForEveryCallThatTheTemplateAllowsARole() throws IOException {
        var allowed = new TreeSet<String>();
        for (var resource : Files.readString(Path.of("..", "sam-template.yaml")).split("(?m)^(?=  \\w+:)")) {
            var role = Pattern.compile("  (\\w+)Role:").matcher(resource);
            if (role.lookingAt()) {
                Pattern.compile("\\b(ec2|autoscaling|states|lambda):[A-Z]\\w+")
                        .matcher(resource)
                        .results()
                        .forEach(action -> allowed.add(role.group(1) + " " + action.group()));
            }
        }

        assertThat(asked(EVERYTHING)).hasSizeGreaterThan(20).containsAll(allowed);
        assertThat(allowed).contains("LaunchRule states:StartExecution", "FindFreeEip ec2:DescribeAddresses");
    }

    @Test
    void asksOfNoRoleThatTheStackDoesNotHave() {
        assertThat(asked(Map.of()))
                .contains("EipOnLaunch lambda:InvokeFunction")
                .noneMatch(question -> question.matches("(Terminate|Disassociate|EipOnTerminate|Reconcile).*"));
    }

    @Test
    void asksOnTheStacksOwnResources() {
        assertThat(workflows(EVERYTHING))
                .extracting(Question::caller, Question::resource)
                .contains(
                        tuple("StartOnce", "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:EipOnLaunch"),
                        tuple("EipOnLaunch", "arn:aws-cn:lambda:cn-north-1:123456789012:function:stack-AssociateEip"));
    }

    private static List<Question> workflows(Map<String, String> parameters) {
        return Question.ofWorkflows(ACCOUNT, Settings.of(parameters), STACK).orElse(List.of());
    }

    private static List<String> asked(Map<String, String> parameters) {
        var facts = new Sample().facts();
        return Stream.concat(
                        Question.all(
                                ACCOUNT,
                                Settings.of(parameters),
                                facts.group().orElse(null),
                                facts.pools().orElse(List.of()))
                                .stream(),
                        workflows(parameters).stream())
                .map(question -> question.caller() + " " + question.action())
                .toList();
    }
}
