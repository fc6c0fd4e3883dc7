package asl.definition;

/**
 * A definition that is broken, or that uses a part of the language left out here; says in one line which state and
 * which field.
 */
public final class DefinitionException extends RuntimeException {
    public DefinitionException(String message) {
        super(message);
    }

    DefinitionException(String message, Throwable cause) {
        super(message, cause);
    }
}
