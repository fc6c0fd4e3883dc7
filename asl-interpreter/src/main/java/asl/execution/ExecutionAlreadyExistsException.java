package asl.execution;

/**
 * The name belongs to an execution that has stopped, or that runs with another input.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">
 *     StartExecution</a>
 */
public final class ExecutionAlreadyExistsException extends RuntimeException {
    public ExecutionAlreadyExistsException(String arn) {
        super("Execution Already Exists: " + arn);
    }
}
