package eiponlaunch.simulator.engine;

/** Sees every value that a JSONata expression was given, so that another implementation can be asked the same. */
@FunctionalInterface
public interface EvaluationObserver {
    void onEvaluation(Evaluation evaluation);
}
