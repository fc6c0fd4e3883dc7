package eiponlaunch.simulator.comparison;

import eiponlaunch.simulator.run.Account;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.run.Strategy;
import eiponlaunch.simulator.run.Workflow;
import java.io.IOException;

/** What can answer the launch events of a run. */
public enum StrategyName implements Strategy.Deployer {
    /** The shipped state machines and handlers. */
    WORKFLOW("workflow") {
        @Override
        public Strategy deploy(Account account, SimulationSettings settings) throws IOException {
            return new Workflow(account, settings);
        }
    },
    /** The loop in one Lambda function that they replace. */
    ARTICLE_LOOP("article-loop") {
        @Override
        public Strategy deploy(Account account, SimulationSettings settings) {
            return new ArticleLoop(account);
        }
    };

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
