package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asl.definition.Catcher;
import asl.definition.Definition;
import asl.definition.Retrier;
import asl.definition.Substitutions;
import asl.definition.Task;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.tests.EventLoader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.completelifecycle.CompleteLifecycleInput;
import eiponlaunch.disassociateeip.DisassociateEipInput;
import eiponlaunch.failure.EipOnLaunchException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.TransientException;
import eiponlaunch.findfreeeip.FindFreeEipInput;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipInput;
import eiponlaunch.json.TaskJson;
import eiponlaunch.model.LaunchEvent;
import eiponlaunch.model.TerminateEvent;
import eiponlaunch.model.TerminateEvent.Destination;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The template, the definitions, the handlers and the events fit together. */
class ShippedFilesTest {
    private static final ProjectFiles FILES = ProjectFiles.find();
    private static final List<String> MACHINES = List.of("EipOnLaunch", "StartOnce", "EipOnTerminate", "Reconcile");
    /** What a Catch leads to another look for. */
    private static final Set<List<String>> WAITED_OUT = Set.of(
            List.of("eiponlaunch.failure.ThrottledException"),
            List.of("eiponlaunch.failure.OtherEipUncertainException"));

    private static final List<String> DENIED = List.of("eiponlaunch.failure.AccessDeniedException");
    private static final Instant NOW = Instant.parse("2026-01-31T14:00:00Z");

    private final SamTemplate template = template(Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"EipOnLaunch", "StartOnce", "EipOnTerminate", "Reconcile"})
    void everySubstitutionIsUsedAndEveryUseIsSubstituted(String stateMachine) throws IOException {
        var used = Pattern.compile("\\$\\{(\\w+)}")
                .matcher(definitionText(stateMachine))
                .results()
                .map(match -> match.group(1))
                .distinct();

        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(
                        template.definitionSubstitutions(stateMachine).keySet());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFunctionsHandlerIsAHandler(String function) throws ClassNotFoundException {
        var handler = template.properties(function).get("Handler").toString().split("::");

        assertThat(handler[1]).isEqualTo("handleRequest");
        assertThat(RequestHandler.class).isAssignableFrom(Class.forName(handler[0]));
        assertThat(Class.forName(handler[0]).getSimpleName()).isEqualTo(function + "Handler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EipOnLaunch", "StartOnce", "EipOnTerminate", "Reconcile"})
    void everyErrorOfOursThatADefinitionNamesIsAnExceptionOfOurs(String stateMachine) throws IOException {
        var named = tasks(stateMachine)
                .flatMap(task -> Stream.concat(
                        task.retry().stream().map(Retrier::errorEquals),
                        task.catchers().stream().map(Catcher::errorEquals)))
                .flatMap(List::stream)
                .filter(error -> error.startsWith("eiponlaunch."))
                .distinct()
                .toList();

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(error -> assertThat(Class.forName(error)).isAssignableTo(EipOnLaunchException.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EipOnLaunch", "StartOnce", "EipOnTerminate"})
    void everyTaskCatchesEverything(String stateMachine) throws IOException {
        assertThat(tasks(stateMachine))
                .allSatisfy(task -> assertThat(task.catchers())
                        .last()
                        .extracting(Catcher::errorEquals)
                        .isEqualTo(List.of("States.ALL")));
    }

    @Test
    void everyTaskOfReconcileCatchesEverything() throws IOException {
        assertThat(tasks("Reconcile"))
                .hasSize(4)
                .allSatisfy(task -> assertThat(task.catchers())
                        .last()
                        .extracting(Catcher::errorEquals)
                        .isEqualTo(List.of("States.ALL")));
    }

    /** An attempt that begins in time ends before Step Functions gives it up and makes another. */
    @ParameterizedTest
    @ValueSource(strings = {"EipOnLaunch", "Reconcile"})
    void anAssociationBegunInTimeEndsBeforeItsTimeout(String stateMachine) throws IOException {
        var startBy = Pattern.compile("\"startBy\": \"\\{% \\$fromMillis\\(\\$millis\\(\\) \\+ (\\d+)\\) %}\"")
                .matcher(definitionText(stateMachine));

        assertThat(startBy.find()).isTrue();
        assertThat(Integer.parseInt(startBy.group(1)) / 1000
                        + (Integer) template.properties("AssociateEip").get("Timeout"))
                .isLessThan(tasks(stateMachine)
                        .filter(task -> task.name().equals("AssociateEip"))
                        .mapToInt(task -> Integer.parseInt(
                                task.timeoutSeconds().orElseThrow().toString().replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow());
    }

    /** An error that is in no list of Retry is not lost: every task has a Catch for what nobody foresaw. */
    @Test
    void everyRetrierOfLambdasPassingFailuresHasTheSameList() throws IOException {
        var lists = new ArrayList<List<String>>();
        for (var machine : MACHINES) {
            tasks(machine)
                    .filter(task -> task.resource().endsWith(":lambda:invoke"))
                    .filter(task -> task.retry().stream()
                            .anyMatch(retrier -> !retrier.errorEquals().equals(DENIED)))
                    .forEach(task -> lists.add(task.retry().stream()
                            .flatMap(retrier -> retrier.errorEquals().stream())
                            .filter(error -> !error.startsWith("eiponlaunch."))
                            .sorted()
                            .toList()));
        }

        assertThat(lists)
                .hasSizeGreaterThanOrEqualTo(4)
                .containsOnly(List.of(
                        "Lambda.AWSLambdaException",
                        "Lambda.ClientExecutionTimeoutException",
                        "Lambda.EC2ThrottledException",
                        "Lambda.EC2UnexpectedException",
                        "Lambda.ENINotReadyException",
                        "Lambda.ResourceConflictException",
                        "Lambda.ResourceNotReadyException",
                        "Lambda.SdkClientException",
                        "Lambda.ServiceException",
                        "Lambda.TooManyRequestsException",
                        "Lambda.Unknown",
                        "Runtime.ExitError",
                        "Sandbox.Timedout",
                        "States.Timeout"));
    }

    /** One policy for each kind of error; a retrier that differs gives its number of attempts, and why, in the Comment of its state. */
    @Test
    void everyRetrierOfTheSameErrorsHasTheSameNumbersOrItsReason() throws IOException {
        var comments = new TreeMap<String, Map<String, List<String>>>(); // by kind of error and by numbers
        for (var machine : MACHINES) {
            var definition = new ObjectMapper().readTree(definitionText(machine));
            tasks(machine)
                    .forEach(task -> task.retry()
                            .forEach(retrier -> comments.computeIfAbsent(kind(retrier), kind -> new TreeMap<>())
                                    .computeIfAbsent(numbers(retrier), numbers -> new ArrayList<>())
                                    .add(definition
                                            .findValue(task.name())
                                            .path("Comment")
                                            .asText())));
        }

        assertThat(comments).containsOnlyKeys("AWS", "Lambda", "Lambda throttles", "denied", "not ready");
        comments.forEach((kind, byNumbers) -> {
            if (byNumbers.size() > 1) {
                byNumbers.forEach((numbers, said) -> assertThat(said)
                        .as("%s: %s", kind, numbers)
                        .allSatisfy(comment ->
                                assertThat(comment).contains(" " + numbers.replaceAll(" .*", "") + " attempts")));
            }
        });
    }

    private static String kind(Retrier retrier) {
        var errors = retrier.errorEquals();
        if (errors.equals(DENIED)) {
            return "denied";
        }
        if (errors.equals(List.of("eiponlaunch.failure.InstanceNotReadyException"))) {
            return "not ready";
        }
        if (errors.equals(List.of("Lambda.TooManyRequestsException"))) {
            return "Lambda throttles";
        }
        return errors.get(0).startsWith("Lambda.") ? "Lambda" : "AWS";
    }

    private static String numbers(Retrier retrier) {
        return "%d attempts, %s, times %s, at most %s, jitter %s"
                .formatted(
                        retrier.maxAttempts(),
                        retrier.interval(),
                        retrier.backoffRate(),
                        retrier.maxDelay(),
                        retrier.jitter());
    }

    @Test
    void aFailureOfOursIsEitherRetriedOrCertainNotToPassAndNeverBoth() throws IOException, ClassNotFoundException {
        var retried = new TreeSet<String>();
        var certain = new TreeSet<String>();
        for (var machine : MACHINES) {
            tasks(machine).forEach(task -> {
                task.retry().stream()
                        .filter(retrier -> retrier.maxAttempts() > 0)
                        .filter(retrier -> !retrier.errorEquals().equals(DENIED)) // for two minutes, then it is certain
                        .forEach(retrier -> retried.addAll(retrier.errorEquals()));
                task.catchers()
                        .forEach(catcher -> (WAITED_OUT.contains(catcher.errorEquals()) ? retried : certain)
                                .addAll(catcher.errorEquals()));
            });
        }
        try (var files = Files.list(FILES.home().resolve("lambdas/src/main/java/eiponlaunch/failure"))) {
            for (var file : files.toList()) {
                var failure = Class.forName(
                        "eiponlaunch.failure." + file.getFileName().toString().replace(".java", ""));
                if (!Modifier.isAbstract(failure.getModifiers())) {
                    var passes = TransientException.class.isAssignableFrom(failure);
                    assertThat(retried.contains(failure.getName()))
                            .as("%s is retried", failure)
                            .isEqualTo(passes);
                    assertThat(certain.contains(failure.getName()))
                            .as("%s is certain", failure)
                            .isEqualTo(!passes);
                }
            }
        }
    }

    @Test
    void timeoutsNestFunctionInStateInHeartbeat() throws IOException {
        var heartbeat = template.intParameter("HeartbeatSeconds");
        assertThat(template.intParameter("DeadlineSeconds")).isLessThanOrEqualTo(heartbeat - 120);
        for (var machine : MACHINES) {
            assertThat(tasks(machine)).allSatisfy(task -> {
                var seconds = Integer.parseInt(task.timeoutSeconds()
                        .orElseThrow()
                        .toString()
                        .replaceAll(".*min\\(\\[(\\d+),.*", "$1") // or what is left of the heartbeat
                        .replaceAll("\\D", ""));
                assertThat(seconds).isLessThan(heartbeat);
                functions()
                        .forEach(function -> assertThat(
                                        (Integer) template.properties(function).get("Timeout"))
                                .isLessThan(seconds));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "launch.json",
                "launch-duplicate.json",
                "launch-into-warm-pool.json",
                "launch-out-of-warm-pool.json",
                "launch-of-hook-with-pool.json",
                "launch-of-hook-with-zones.json",
                "launch-replaced-root-volume.json",
                "launch-malformed.json"
            })
    void theRuleMatchesEveryLaunchEvent(String file) throws IOException {
        assertThat(matches(template, "LaunchRule", event(file))).isTrue();
        assertThat(matches(template, "TerminateRule", event(file))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instance-terminate.json",
                "instance-terminate-into-warm-pool.json",
                "instance-terminate-replace-root-volume.json"
            })
    void theRuleMatchesEveryTerminateEventOfAHookThatIsNamed(String file) throws IOException {
        var several = template(Map.of("TerminateHookNames", "drain, disassociate-eip"));

        assertThat(matches(template, "TerminateRule", event(file))).isTrue();
        assertThat(matches(several, "TerminateRule", event(file))).isTrue();
        assertThat(matches(several, "LaunchRule", event(file))).isFalse();
        assertThat(matches(template(Map.of("TerminateHookNames", "drain")), "TerminateRule", event(file)))
                .isFalse();
        assertThat(matches(template(Map.of("AutoScalingGroupName", "another")), "TerminateRule", event(file)))
                .isFalse();
    }

    @Test
    void theRuleMatchesTheHooksThatAreNamedAndNoOtherHookOrGroup() throws IOException {
        assertThat(matches(template(Map.of("HookNames", "another")), "LaunchRule", event("launch.json")))
                .isFalse();
        assertThat(matches(template(Map.of("HookNames", "another, associate-eip")), "LaunchRule", event("launch.json")))
                .isTrue();
        assertThat(matches(template(Map.of("AutoScalingGroupName", "another")), "LaunchRule", event("launch.json")))
                .isFalse();
        assertThat(matches(
                        template(Map.of("AutoScalingGroupName", "forward-proxy")), "LaunchRule", event("launch.json")))
                .isTrue();
    }

    /** A sender of events can choose everything but a source that begins with "aws." */
    @ParameterizedTest
    @CsvSource({"LaunchRule, launch.json", "TerminateRule, instance-terminate.json"})
    void theRulesMatchNoEventThatSomebodyElseSends(String rule, String file) throws IOException {
        var event = (ObjectNode) event(file);

        assertThat(matches(template, rule, event)).isTrue();
        assertThat(matches(template, rule, event.put("source", "my.autoscaling")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"LaunchRule, StartOnce", "TerminateRule, EipOnTerminate"})
    void eventsThatCannotBeDeliveredForTenMinutesGoToTheDeadLetterQueue(String rule, String stateMachine) {
        var target = (Map<?, ?>) ((List<?>) template.properties(rule).get("Targets")).get(0);

        assertThat(target.get("RetryPolicy"))
                .isEqualTo(Map.of("MaximumEventAgeInSeconds", 600, "MaximumRetryAttempts", 185));
        assertThat(target.get("DeadLetterConfig")).isEqualTo(Map.of("Arn", template.arn("UndeliveredEvents")));
        assertThat(target.get("Arn")).isEqualTo(template.arn(stateMachine));
        assertThat(target.get("RoleArn")).isEqualTo(template.arn(rule + "Role"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "launch.json",
                "launch-duplicate.json",
                "launch-into-warm-pool.json",
                "launch-out-of-warm-pool.json",
                "launch-of-hook-with-pool.json",
                "launch-of-hook-with-zones.json",
                "launch-replaced-root-volume.json"
            })
    void everyLaunchEventIsValidForTheHandlersAndForAwsOwnEventClass(String file) throws IOException {
        var event = LaunchEvent.of(plain(event(file)), NOW);
        var scheduled = EventLoader.loadEvent(FILES.event(file).toString(), ScheduledEvent.class);

        assertThat(event.instanceId()).isEqualTo(scheduled.getDetail().get("EC2InstanceId"));
        assertThat(event.time().toEpochMilli()).isEqualTo(scheduled.getTime().getMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "instance-terminate.json, EC2",
        "instance-terminate-into-warm-pool.json, WarmPool",
        "instance-terminate-replace-root-volume.json, AutoScalingGroup"
    })
    void everyTerminateEventIsValidForTheHandlersAndForAwsOwnEventClass(String file, Destination destination)
            throws IOException {
        var event = TerminateEvent.of(plain(event(file)));
        var scheduled = EventLoader.loadEvent(FILES.event(file).toString(), ScheduledEvent.class);

        assertThat(event.instanceId()).isEqualTo(scheduled.getDetail().get("EC2InstanceId"));
        assertThat(event.destination()).isEqualTo(destination);
    }

    @Test
    void theMalformedEventIsMalformed() throws IOException {
        var event = event("launch-malformed.json");

        assertThatThrownBy(() -> LaunchEvent.of(plain(event), NOW))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("EC2InstanceId");
    }

    @ParameterizedTest
    @CsvSource({
        "find-free-eip.json, FindFree",
        "associate-eip.json, Associate",
        "complete-lifecycle.json, Complete",
        "disassociate-eip.json, Disassociate",
        "find-instances-without-eip.json, FindInstances"
    })
    void everyFunctionsSampleEventIsAnInputOfIt(String file, String function) throws IOException {
        var type = Map.of(
                        "FindFree", FindFreeEipInput.class,
                        "Associate", AssociateEipInput.class,
                        "Complete", CompleteLifecycleInput.class,
                        "Disassociate", DisassociateEipInput.class,
                        "FindInstances", FindInstancesWithoutEipInput.class)
                .get(function);

        Object input = new TaskJson().fromJson(Files.readString(FILES.event(file)), type);
        assertThat(input).isInstanceOf(type);
    }

    @Test
    void thereIsNoEventThatTheseTestsDoNotRead() throws IOException {
        try (var files = Files.list(FILES.event(""))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "launch.json",
                            "launch-duplicate.json",
                            "launch-into-warm-pool.json",
                            "launch-out-of-warm-pool.json",
                            "launch-of-hook-with-pool.json",
                            "launch-of-hook-with-zones.json",
                            "launch-replaced-root-volume.json",
                            "launch-malformed.json",
                            "find-free-eip.json",
                            "associate-eip.json",
                            "complete-lifecycle.json",
                            "instance-terminate.json",
                            "instance-terminate-into-warm-pool.json",
                            "instance-terminate-replace-root-volume.json",
                            "disassociate-eip.json",
                            "find-instances-without-eip.json");
        }
    }

    private static List<String> functions() {
        return ShippedTemplate.complete(Map.of()).resources("AWS::Serverless::Function");
    }

    private Stream<Task> tasks(String stateMachine) throws IOException {
        var text = Substitutions.apply(definitionText(stateMachine), template.definitionSubstitutions(stateMachine));
        return Definition.parse(text).allStates().stream()
                .filter(Task.class::isInstance)
                .map(Task.class::cast);
    }

    private String definitionText(String stateMachine) throws IOException {
        return FILES.read(template.properties(stateMachine).get("DefinitionUri").toString());
    }

    /** EventBridge's matching, as far as the rule uses it: lists of exact values, all of which must be met. */
    private static boolean matches(SamTemplate template, String rule, JsonNode event) throws IOException {
        return matches(
                json(new ObjectMapper()
                        .writeValueAsString(template.properties(rule).get("EventPattern"))),
                event);
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        for (var field : pattern.properties()) {
            var value = event.path(field.getKey());
            var met = field.getValue().isArray()
                    ? field.getValue().valueStream().anyMatch(value::equals)
                    : matches(field.getValue(), value);
            if (!met) {
                return false;
            }
        }
        return true;
    }

    private static Object plain(JsonNode event) {
        return new ObjectMapper().convertValue(event, Object.class);
    }

    private static JsonNode event(String file) throws IOException {
        return json(Files.readString(FILES.event(file)));
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static SamTemplate template(Map<String, String> parameters) {
        return ShippedTemplate.complete(parameters);
    }
}
