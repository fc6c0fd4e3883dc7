package asl.execution;

/**
 * No state machine has this ARN.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">
 *     StartExecution</a>
 */
public final class StateMachineDoesNotExistException extends RuntimeException {
    public StateMachineDoesNotExistException(String arn) {
        super("State Machine Does Not Exist: " + arn);
    }
}
