package asl.execution;

import asl.definition.ErrorNames;
import asl.definition.Expression;

/** An expression has no usable value. The state fails with States.QueryEvaluationError. */
final class EvaluationException extends StateException {
    private EvaluationException(String message) {
        super(ErrorNames.QUERY_EVALUATION_ERROR, message);
    }

    static EvaluationException nothing(Expression expression) {
        return new EvaluationException(about(expression) + " returned nothing (undefined).");
    }

    static EvaluationException thrown(Expression expression, Throwable problem) {
        return new EvaluationException(
                about(expression) + " threw an error during evaluation. " + problem.getMessage());
    }

    static EvaluationException tooDeep(Expression expression) {
        return new EvaluationException(about(expression) + " threw an error during evaluation: Stack overflow error: "
                + expression.depth() + " of its parts are nested into each other.");
    }

    /** Of the wrong type for its field. */
    static EvaluationException unexpected(String field, String expected, Object value) {
        return new EvaluationException("The JSONata expression specified for the field '" + field
                + "' returned an unexpected result. Expected " + expected + ", but got " + value + ".");
    }

    private static String about(Expression expression) {
        return "The JSONata expression '" + expression.text() + "' specified for the field '" + expression.field()
                + "'";
    }
}
