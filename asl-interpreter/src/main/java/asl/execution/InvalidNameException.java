package asl.execution;

/**
 * The name is not one that an execution may have: 1 to 80 characters, without spaces, brackets and most signs.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">
 *     StartExecution</a>
 */
public final class InvalidNameException extends RuntimeException {
    public InvalidNameException(String name) {
        super("Invalid Name: " + name);
    }
}
