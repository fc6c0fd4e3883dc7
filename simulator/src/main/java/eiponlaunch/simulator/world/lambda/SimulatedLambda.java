package eiponlaunch.simulator.world.lambda;

import asl.execution.TaskCompletion;
import asl.execution.TaskIntegration;
import asl.execution.TaskRequest;
import asl.time.Seed;
import asl.time.VirtualTime;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.json.TaskJson;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.SimulatedApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Lambda behind the task integration {@code lambda:invoke}: runs the shipped handlers, with the shipped serializer, in
 * simulated execution environments.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html">Invoke a Lambda function with
 *     Step Functions</a>
 */
public final class SimulatedLambda implements TaskIntegration {
    /** The resource of the tasks that this serves. */
    public static final String RESOURCE = "arn:aws:states:::lambda:invoke";

    /** As AssociateEip's startBy in the definition says. */
    private static final Duration UNTIL_IT_IS_REFUSED = Duration.ofSeconds(9);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TaskJson TASK_JSON = new TaskJson();

    private record Function(String name, RequestHandler<?, ?> handler, Type input, Type output, Duration timeout) {}

    private final VirtualTime time;
    private final SimulatedApi api;
    private final CloudSettings settings;
    private final Faults faults;
    private final SplittableRandom random;
    private final Map<String, Function> functions = new HashMap<>();
    private final Map<String, Integer> idle = new HashMap<>();
    private int busy;
    private long invocations;
    private long billedMillis;

    public SimulatedLambda(VirtualTime time, SimulatedApi api, CloudSettings settings, Faults faults, Seed seed) {
        this.time = time;
        this.api = api;
        this.settings = settings;
        this.faults = faults;
        this.random = seed.fork("lambda").random();
    }

    /** @param arn what tasks call the function by */
    public void deploy(String arn, String name, RequestHandler<?, ?> handler, Duration timeout) {
        for (var method : handler.getClass().getMethods()) {
            if (method.getName().equals("handleRequest") && !method.isBridge()) {
                functions.put(
                        arn,
                        new Function(
                                name,
                                handler,
                                method.getGenericParameterTypes()[0],
                                method.getGenericReturnType(),
                                timeout));
                return;
            }
        }
        throw new IllegalArgumentException(handler.getClass() + " has no handleRequest");
    }

    @Override
    public void start(TaskRequest request, TaskCompletion completion) {
        var arguments = (Map<?, ?>) request.arguments();
        var function = functions.get(arguments.get("FunctionName"));
        if (function == null) {
            completion.fail("Lambda.ResourceNotFoundException", "Function not found: " + arguments.get("FunctionName"));
            return;
        }
        var fault = faults.onInvocation(function.name(), time.now());
        if (fault == InvocationFault.THROTTLED || busy >= settings.lambdaConcurrency()) {
            api.disturbed(request, function.name(), Disturbance.Kind.THROTTLED);
            completion.fail(InvocationFault.THROTTLED.error(), "Rate Exceeded.");
            return;
        }
        if (fault == InvocationFault.SERVICE_ERROR) {
            api.disturbed(request, function.name(), Disturbance.Kind.FAILED);
            completion.fail(fault.error(), "The service failed.");
            return;
        }
        if (fault == InvocationFault.NO_ANSWER) {
            api.disturbed(request, function.name(), Disturbance.Kind.TIMED_OUT);
            return; // what comes after that is the task's timeout
        }
        var start = takeEnvironment(function);
        billedMillis += start.toMillis(); // Lambda bills the start of an environment as well
        var late = fault == InvocationFault.LATE ? faults.onLateInvocation() : Duration.ZERO;
        if (fault == InvocationFault.LATE) {
            api.disturbed(request, function.name(), Disturbance.Kind.TIMED_OUT);
        }
        time.after(start.plus(late), () -> run(function, fault, request, completion));
        if (fault == InvocationFault.TWICE) {
            var again = faults.onLateInvocation();
            time.after(again, () -> runForNobody(function, request, again));
        }
    }

    private void runForNobody(Function function, TaskRequest request, Duration afterwards) {
        if (afterwards.compareTo(UNTIL_IT_IS_REFUSED) <= 0) {
            api.disturbed(request, function.name(), Disturbance.Kind.RUN_AGAIN);
        }
        takeEnvironment(function);
        run(function, InvocationFault.NONE, request, new TaskCompletion() {
            @Override
            public void succeed(Object result) {}

            @Override
            public void fail(String error, String cause) {}
        });
    }

    private Duration takeEnvironment(Function function) {
        busy++;
        var warm = idle.getOrDefault(function.name(), 0);
        idle.put(function.name(), Math.max(0, warm - 1));
        return (warm > 0 ? settings.warmStart() : settings.coldStart()).sample(random);
    }

    private void run(Function function, InvocationFault fault, TaskRequest request, TaskCompletion completion) {
        if (fault == InvocationFault.CRASH_BEFORE) {
            api.disturbed(request, function.name(), Disturbance.Kind.CRASHED);
            end(function, Duration.ZERO, false, () -> completion.fail(fault.error(), "The environment exited."));
            return;
        }
        api.begin(request);
        Runnable answer;
        try {
            var result = invoke(function, ((Map<?, ?>) request.arguments()).get("Payload"));
            answer = () -> completion.succeed(result);
        } catch (RuntimeException e) {
            answer = () -> completion.fail(e.getClass().getName(), cause(e));
        }
        var elapsed = api.takeElapsed();
        if (fault == InvocationFault.CRASH_AFTER) {
            api.disturbed(request, function.name(), Disturbance.Kind.CRASHED);
            end(function, elapsed, false, () -> completion.fail(fault.error(), "The environment exited."));
        } else if (fault == InvocationFault.TIMEOUT || elapsed.compareTo(function.timeout()) > 0) {
            api.disturbed(request, function.name(), Disturbance.Kind.TIMED_OUT);
            end(
                    function,
                    function.timeout(),
                    false,
                    () -> completion.fail(
                            InvocationFault.TIMEOUT.error(),
                            "Task timed out after " + function.timeout().toSeconds() + ".00 seconds"));
        } else {
            end(function, elapsed, true, answer);
        }
    }

    private void end(Function function, Duration elapsed, boolean reusable, Runnable answer) {
        invocations++;
        billedMillis += elapsed.toMillis() + 1; // billed by the started millisecond
        time.after(elapsed, () -> {
            busy--;
            if (reusable) {
                idle.merge(function.name(), 1, Integer::sum);
            }
            answer.run();
        });
    }

    @SuppressWarnings("unchecked")
    private Object invoke(Function function, Object payload) {
        try {
            var request = new ByteArrayInputStream(JSON.writeValueAsBytes(payload));
            var input = TASK_JSON.fromJson(request, function.input());
            var output = ((RequestHandler<Object, Object>) function.handler()).handleRequest(input, null);
            var response = new ByteArrayOutputStream();
            TASK_JSON.toJson(output, response, function.output());
            var result = new LinkedHashMap<String, Object>();
            result.put("ExecutedVersion", "$LATEST");
            result.put("Payload", JSON.readValue(response.toByteArray(), Object.class));
            result.put("StatusCode", 200);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Cause that the Lambda runtime gives a handler's exception. */
    private String cause(RuntimeException e) {
        var cause = new LinkedHashMap<String, Object>();
        cause.put("errorMessage", e.getMessage());
        cause.put("errorType", e.getClass().getName());
        cause.put("stackTrace", List.of());
        try {
            return JSON.writeValueAsString(cause);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public long invocations() {
        return invocations;
    }

    /** The billed duration of all invocations. */
    public long billedMillis() {
        return billedMillis;
    }
}
