package asl.execution;

/** Sees every value that a JSONata expression was given, so that another implementation can be asked the same. */
@FunctionalInterface
public interface EvaluationListener {
    void onEvaluation(Evaluation evaluation);
}
