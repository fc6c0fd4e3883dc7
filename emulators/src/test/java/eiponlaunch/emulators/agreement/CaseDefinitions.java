package eiponlaunch.emulators.agreement;

import asl.definition.Substitutions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.emulators.Events;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The shipped definitions, as every engine gets them here: filled in, and with short waits, before retries too, since an
 * engine waits in real time. Which errors are retried and how often stays as shipped. A Map goes through its items one at
 * a time, so that there is one order in which the scripts' answers are used.
 */
final class CaseDefinitions {
    static final Map<String, String> FILES = Map.of(
            "EipOnLaunch", "statemachine/eip-on-launch.asl.json",
            "StartOnce", "statemachine/start-once.asl.json",
            "EipOnTerminate", "statemachine/eip-on-terminate.asl.json",
            "Reconcile", "statemachine/reconcile.asl.json");

    private static final String RECONCILE = "arn:aws:states:us-east-1:000000000000:stateMachine:Reconcile";

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry(
                    "FindInstancesWithoutEipFunctionArn",
                    "arn:aws:lambda:us-east-1:000000000000:function:FindInstancesWithoutEip"),
            Map.entry("FindFreeEipFunctionArn", "arn:aws:lambda:us-east-1:000000000000:function:FindFreeEip"),
            Map.entry("AssociateEipFunctionArn", "arn:aws:lambda:us-east-1:000000000000:function:AssociateEip"),
            Map.entry(
                    "CompleteLifecycleFunctionArn", "arn:aws:lambda:us-east-1:000000000000:function:CompleteLifecycle"),
            Map.entry("DisassociateEipFunctionArn", "arn:aws:lambda:us-east-1:000000000000:function:DisassociateEip"),
            Map.entry("EipOnLaunchArn", "arn:aws:states:us-east-1:000000000000:stateMachine:EipOnLaunch"),
            Map.entry("Partition", "aws"),
            Map.entry("HookNames", "associate-eip"),
            Map.entry("TerminateHookNames", "disassociate-eip"),
            Map.entry("EipTags", "Application=ForwardProxy"),
            Map.entry("HookPoolTagKeys", ""),
            Map.entry("EipOrderTagKey", ""),
            Map.entry("EipZoneTagKey", ""),
            Map.entry("PoolGroupNames", ""),
            Map.entry("AssociateAddressBurst", "50"),
            Map.entry("AssociateAddressPerSecond", "5"),
            Map.entry("DeadlineSeconds", "600"),
            Map.entry("WaitSeconds", "1"),
            Map.entry("HeartbeatSeconds", "720"),
            Map.entry("TerminateHeartbeatSeconds", "300"));

    private CaseDefinitions() {}

    static String text(String name, Map<String, String> parameters) {
        try {
            var values = new HashMap<>(PARAMETERS);
            values.putAll(parameters);
            return shortened(Substitutions.apply(comparable(ProjectFiles.find().read(FILES.get(name))), values));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * LocalStack 4.14 has no {@code $hash}, so another name that follows from the token takes its place; and a time of the
     * present, or the state machine's own ARN, in a task's Arguments would differ from engine to engine.
     */
    static String comparable(String definition) {
        return definition
                .replace("$hash($token, 'SHA-256')", "$replace($token, /[^0-9A-Za-z]/, '')")
                .replace("$fromMillis($millis() + 9000)", "$fromMillis(9000)")
                .replace("{% $states.context.StateMachine.Id %}", RECONCILE);
    }

    private static String shortened(String definition) {
        var json = Events.json(definition
                .replace("$exists($unsure) and $unsure ? 16 : 1", "1")
                .replace("4 + $floor($random() * 5)", "1 + $floor($random() * 2)")
                .replace("$floor($random() * $min([60, ", "$floor($random() * $min([3, "));
        shorten(json);
        return json.toString();
    }

    private static void shorten(JsonNode states) {
        for (var state : states.get("States")) {
            for (var retrier : state.path("Retry")) {
                ((ObjectNode) retrier)
                        .put("IntervalSeconds", 1)
                        .put("BackoffRate", 1.0)
                        .put("JitterStrategy", "FULL");
            }
            if (state.path("Seconds").isInt()) {
                ((ObjectNode) state).put("Seconds", 1);
            }
            if (state.has("ItemProcessor")) {
                ((ObjectNode) state).put("MaxConcurrency", 1);
                shorten(state.get("ItemProcessor"));
            }
        }
    }
}
