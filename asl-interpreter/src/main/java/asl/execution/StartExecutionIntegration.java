package asl.execution;

import asl.time.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The task that starts an execution of another state machine and does not wait for its end. Its result has the two
 * fields of the API's answer; its errors are those of the API, with "StepFunctions." before them.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html">Start a new state
 *     machine from a running execution</a>
 */
public final class StartExecutionIntegration implements TaskIntegration {
    public static final String RESOURCE = "arn:aws:states:::states:startExecution";

    private final StepFunctions stepFunctions;
    private final Random names;

    /** The seed is for the names of executions that are started without one. */
    public StartExecutionIntegration(StepFunctions stepFunctions, Seed seed) {
        this.stepFunctions = stepFunctions;
        this.names = seed.random(RESOURCE);
    }

    @Override
    public void start(TaskRequest request, TaskCompletion completion) {
        if (!(request.arguments() instanceof Map<?, ?> arguments)
                || !(arguments.get("StateMachineArn") instanceof String arn)) {
            completion.fail("States.Runtime", "The field 'StateMachineArn' is required but was missing");
            return;
        }
        var name = arguments.get("Name") instanceof String text ? text : Builtins.uuid(names);
        Object input = arguments.containsKey("Input") ? arguments.get("Input") : Map.of();
        Execution started;
        try {
            started = stepFunctions.startExecution(arn, name, input);
        } catch (ExecutionAlreadyExistsException | StateMachineDoesNotExistException | InvalidNameException e) {
            completion.fail("StepFunctions." + e.getClass().getSimpleName(), e.getMessage());
            return;
        }
        var result = new LinkedHashMap<String, Object>();
        result.put("ExecutionArn", started.arn());
        result.put("StartDate", ContextObject.format(started.start()));
        completion.succeed(result);
    }
}
