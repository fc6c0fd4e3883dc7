package asl.execution;

/** A request breaks a constraint of the API reference, such as the longest input. */
public final class ValidationException extends RuntimeException {
    ValidationException(String message) {
        super(message);
    }
}
