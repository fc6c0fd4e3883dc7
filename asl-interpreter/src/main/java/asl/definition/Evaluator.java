package asl.definition;

/** Gives an expression its value, a plain Java JSON value, from the variables and functions that it can see. */
@FunctionalInterface
public interface Evaluator {
    Object evaluate(Expression expression);
}
