package asl.definition;

/**
 * A definition is broken, or uses a part of the language that does not run here. The message names the state and the
 * field in one line.
 */
public final class DefinitionException extends RuntimeException {
    public DefinitionException(String message) {
        super(message);
    }

    DefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
