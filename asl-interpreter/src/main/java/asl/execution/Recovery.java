package asl.execution;

import asl.definition.Catcher;
import asl.definition.ErrorNames;
import asl.definition.Retrier;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a state does about its errors in one visit: another attempt, or else a catcher, or else its branch fails. */
final class Recovery {
    private final StateVisit visit;
    private final List<Catcher> catchers;
    private final RetryCounters retries;
    private final Runnable attempt;

    Recovery(StateVisit visit, List<Retrier> retriers, List<Catcher> catchers, Runnable attempt) {
        this.visit = visit;
        this.catchers = catchers;
        this.retries = new RetryCounters(retriers, visit.branch().run().random());
        this.attempt = attempt;
    }

    /** How many attempts came before this one. */
    int retryCount() {
        return retries.total();
    }

    /** What expressions see during this attempt. */
    Scope scope() {
        return visit.scope(retries.total());
    }

    /** The record is made first; it is told the delay before another attempt, if there is to be one. */
    void failed(ErrorOutput failure, Consumer<Optional<Duration>> record) {
        var retryCount = retries.total();
        var delay = retries.next(failure.error());
        record.accept(delay);
        if (delay.isPresent()) {
            var wait = delay.get()
                    .plus(visit.branch().run().engine().transitionTime().get());
            visit.branch().later(wait, this::retry);
        } else {
            visit.guard(() -> handle(failure, visit.scope(retryCount)));
        }
    }

    /** As above, with the record of every failure: the error, and the delay before another attempt. */
    void failed(ErrorOutput failure, String eventType) {
        failed(failure, Optional.of(eventType));
    }

    /** As above, for what Step Functions itself finds wrong. */
    void failed(StateException problem) {
        failed(visit.failure(problem), visit.failureEvent(problem));
    }

    private void failed(ErrorOutput failure, Optional<String> eventType) {
        failed(failure, delay -> {
            var details = failure.toDetails();
            delay.ifPresent(time -> details.put("retryDelayMillis", time.toMillis()));
            eventType.ifPresent(type -> visit.record(type, details));
        });
    }

    private void retry() {
        if (visit.branch().run().countTransition()) {
            attempt.run();
        }
    }

    private void handle(ErrorOutput failure, Scope scope) {
        for (var catcher : catchers) {
            if (ErrorNames.match(catcher.errorEquals(), failure.error())) {
                var errorOutput = failure.toJson();
                visit.exit(
                        scope.with("errorOutput", errorOutput),
                        catcher.assign(),
                        catcher.output(),
                        errorOutput,
                        Optional.of(catcher.next()));
                return;
            }
        }
        visit.branch().fail(failure);
    }
}
