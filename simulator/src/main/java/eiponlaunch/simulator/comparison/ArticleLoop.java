package eiponlaunch.simulator.comparison;

import eiponlaunch.simulator.run.Account;
import eiponlaunch.simulator.run.Strategy;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Instant;
import java.util.Map;

/**
 * One Lambda function that EventBridge invokes asynchronously and that loops until the instance has an address. It
 * makes no promise that a rule could check.
 */
final class ArticleLoop implements Strategy {
    private final AsynchronousFunction function;
    private final LoopSettings settings;
    private final Account account;

    ArticleLoop(Account account) {
        this.account = account;
        this.settings = LoopSettings.ofTheArticle();
        var random = account.seed().fork("article-loop").random();
        this.function = new AsynchronousFunction(
                "ArticleLoop",
                new LoopHandler(
                        account.ec2(),
                        account.autoScaling(),
                        new Boto3(account.api(), settings, random),
                        account.pool().tags(),
                        settings.pause()),
                settings,
                account.time(),
                account.cloud(),
                account.faults(),
                random);
    }

    @Override
    public String name() {
        return StrategyName.ARTICLE_LOOP.toString();
    }

    @Override
    public void onEvent(Object event, String delivery) {
        function.invoke(event);
    }

    @Override
    public Map<String, Integer> failedByError() {
        return function.failedByError();
    }

    @Override
    public long transitions() {
        return 0;
    }

    @Override
    public long invocations() {
        return function.invocations();
    }

    @Override
    public long billedMillis() {
        return function.billedMillis();
    }

    @Override
    public int memoryMegabytes() {
        return settings.memoryMegabytes();
    }

    /** The loop has no deadline but the end of the heartbeat. The workflow's deadline is a rule that it never had. */
    @Override
    public Instant deadline(LifecycleHold hold) {
        return hold.heartbeatEnds();
    }

    @Override
    public SamTemplate stack(String group) {
        return account.template();
    }

    @Override
    public Instant lastEnd() {
        return function.lastEnd();
    }
}
