package asl.testing;

import asl.execution.TaskCompletion;
import asl.time.VirtualTime;
import java.time.Duration;
import java.util.function.Function;

/** What one attempt at a task does. */
@FunctionalInterface
public interface TaskBehaviour {
    /** @param time for what reports later than at once */
    void attempt(Object arguments, TaskCompletion completion, VirtualTime time);

    /** @param result what the state sees as {@code $states.result}; of a Lambda function an object with a Payload */
    static TaskBehaviour succeeds(Object result) {
        return (arguments, completion, time) -> completion.succeed(result);
    }

    /** @param error what Retry and Catch compare with ErrorEquals */
    static TaskBehaviour fails(String error) {
        return (arguments, completion, time) -> completion.fail(error, "The test says so.");
    }

    /**
     * Runs your code with the task's evaluated Arguments. If it throws, the attempt fails with the name of the
     * exception's class.
     */
    static TaskBehaviour runs(Function<Object, Object> code) {
        return (arguments, completion, time) -> {
            Object result;
            try {
                result = code.apply(arguments);
            } catch (RuntimeException e) {
                completion.fail(e.getClass().getName(), e.getMessage());
                return;
            }
            completion.succeed(result);
        };
    }

    /** Never reports, so that only the task's own TimeoutSeconds ends the attempt. */
    static TaskBehaviour hangs() {
        return (arguments, completion, time) -> {};
    }

    /** The same, so much later. */
    default TaskBehaviour after(Duration delay) {
        return (arguments, completion, time) -> time.after(delay, () -> attempt(arguments, completion, time));
    }
}
