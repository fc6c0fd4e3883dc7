package asl.execution;

/** A state cannot continue, and Step Functions itself says why: its error has one of the reserved names. */
abstract class StateException extends RuntimeException {
    private final String error;

    StateException(String error, String message) {
        super(message);
        this.error = error;
    }

    /** The reserved name that a retrier or catcher may know it by. */
    String error() {
        return error;
    }
}
