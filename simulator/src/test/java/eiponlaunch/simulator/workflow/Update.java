package eiponlaunch.simulator.workflow;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.json.TaskJson;
import eiponlaunch.simulator.run.Deployment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A stack in the middle of its update: some of its state machines and functions are still the last release's.
 *
 * <p>Under an old definition it notes what the new handlers answer that the definition cannot know: an outcome that did not
 * exist, or a field that went away.
 */
final class Update implements Deployment {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> oldMachines;
    private final Map<String, String> parameters;
    private final Map<String, Predicate<Instant>> oldFunctions = new HashMap<>();
    final List<String> misunderstood = new ArrayList<>();

    /** Every state machine of the last release, or all but StartOnce, or StartOnce alone, or none: each is updated on its own. */
    private Update(Set<String> oldMachines, Map<String, String> parameters) {
        this.oldMachines = oldMachines;
        this.parameters = parameters;
    }

    static Update of(Set<String> oldMachines, Map<String, String> parameters) {
        return new Update(Set.copyOf(oldMachines), Map.copyOf(parameters));
    }

    /** These functions are old all the time. */
    Update oldFunctions(Set<String> functions) {
        functions.forEach(function -> oldFunctions.put(function, now -> true));
        return this;
    }

    /** This function is old as long as that holds. */
    Update oldFunction(String function, Predicate<Instant> when) {
        oldFunctions.put(function, when);
        return this;
    }

    @Override
    public String definition(String stateMachine, String shipped) {
        return oldMachines.contains(stateMachine) ? LastRelease.definition(stateMachine, parameters) : shipped;
    }

    @Override
    public RequestHandler<?, ?> handler(String function, RequestHandler<?, ?> shipped, Clients clients) {
        if (function.equals("FindInstancesWithoutEip")) {
            return shipped; // the last release has none
        }
        return new Either(
                function,
                LastRelease.handler(function, clients),
                shipped,
                () -> oldFunctions
                        .getOrDefault(function, now -> false)
                        .test(clients.clock().instant()));
    }

    private final class Either implements RequestHandler<Object, Object> {
        private final String function;
        private final RequestHandler<Object, Object> old;
        private final RequestHandler<?, ?> shipped;
        private final java.util.function.BooleanSupplier isOld;
        private final TaskJson taskJson = new TaskJson();

        Either(
                String function,
                RequestHandler<Object, Object> old,
                RequestHandler<?, ?> shipped,
                java.util.function.BooleanSupplier isOld) {
            this.function = function;
            this.old = old;
            this.shipped = shipped;
            this.isOld = isOld;
        }

        @Override
        public Object handleRequest(Object payload, Context context) {
            if (isOld.getAsBoolean()) {
                return old.handleRequest(payload, context);
            }
            var output = answer(payload);
            if (oldMachines.contains("EipOnLaunch")) {
                judge(output);
            }
            return output;
        }

        private Map<?, ?> answer(Object payload) {
            try {
                var input = taskJson.fromJson(JSON.writeValueAsString(payload), inputType());
                var bytes = new ByteArrayOutputStream();
                taskJson.toJson(invoke(input), bytes, Object.class);
                return JSON.readValue(bytes.toString(StandardCharsets.UTF_8), Map.class);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        private Class<?> inputType() {
            for (var method : shipped.getClass().getMethods()) {
                if (method.getName().equals("handleRequest") && !method.isBridge()) {
                    return method.getParameterTypes()[0];
                }
            }
            throw new IllegalStateException(shipped.getClass() + " has no handleRequest");
        }

        @SuppressWarnings("unchecked")
        private Object invoke(Object input) {
            return ((RequestHandler<Object, Object>) shipped).handleRequest(input, null);
        }

        private void judge(Map<?, ?> output) {
            var outcome = String.valueOf(output.get("outcome"));
            if (!LastRelease.outcomes(function).contains(outcome)) {
                misunderstood.add(
                        function + " answers " + outcome + ", which the last release's definition does not know");
            }
            for (var field : LastRelease.outputFields(function)) {
                if (!output.containsKey(field)) {
                    misunderstood.add(function + " answers without " + field);
                }
            }
        }
    }
}
