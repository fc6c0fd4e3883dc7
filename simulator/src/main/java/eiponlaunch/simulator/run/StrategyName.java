package eiponlaunch.simulator.run;

/** What can answer the launch events of a run. */
public enum StrategyName {
    /** The shipped state machines and handlers. */
    WORKFLOW("workflow"),
    /** The loop in one Lambda function that they replace. */
    ARTICLE_LOOP("article-loop");

    private final String text;

    StrategyName(String text) {
        this.text = text;
    }

    /** The name on the command line and in results. */
    @Override
    public String toString() {
        return text;
    }
}
