package asl.execution;

import asl.definition.MapState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One visit of a Map: attempts until in one all iterations succeed or no retrier grants another, then its catchers. */
final class MapVisit {
    /**
     * More iterations than this never run at once, whatever MaxConcurrency says.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html">Using Map state in Inline
     *     mode</a>
     */
    static final int MOST_AT_ONCE = 40;

    private final StateVisit visit;
    private final MapState map;
    private final Recovery recovery;

    MapVisit(StateVisit visit, MapState map) {
        this.visit = visit;
        this.map = map;
        this.recovery = new Recovery(visit, map.retry(), map.catchers(), this::attempt);
    }

    void attempt() {
        Attempt attempt;
        try {
            attempt = new Attempt(items(), atOnce());
        } catch (StateException e) {
            recovery.failed(e);
            return;
        }
        attempt.begin();
    }

    private List<?> items() {
        Object items = map.items().isPresent() ? map.items().get().render(recovery.scope()) : visit.input();
        if (items instanceof List<?> list) {
            visit.requireFits(list, "was given items");
            return list;
        }
        throw EvaluationException.unexpected("Items", "an array", items);
    }

    private int atOnce() {
        if (map.maxConcurrency().isEmpty()) {
            return MOST_AT_ONCE;
        }
        Object value = map.maxConcurrency().get().render(recovery.scope());
        if (value instanceof Integer limit && limit >= 0) {
            return limit == 0 ? MOST_AT_ONCE : Math.min(limit, MOST_AT_ONCE);
        }
        throw EvaluationException.unexpected("MaxConcurrency", "an integer of at least 0", value);
    }

    private void record(String type) {
        visit.record(type, Map.of());
    }

    private void recordIteration(String type, int index) {
        var details = new LinkedHashMap<String, Object>();
        details.put("name", map.name());
        details.put("index", index);
        visit.record(type, details);
    }

    /** All iterations, once. */
    private final class Attempt {
        private final List<?> items;
        private final int atOnce;
        private final Map<Integer, Branch> running = new LinkedHashMap<>();
        private final List<Object> outputs;
        private int started;
        private boolean failed;

        Attempt(List<?> items, int atOnce) {
            this.items = items;
            this.atOnce = atOnce;
            this.outputs = new ArrayList<>(Collections.nCopies(items.size(), null));
        }

        void begin() {
            visit.record("MapStateStarted", StateVisit.details("length", items.size()));
            visit.branch().await(this::stop);
            goOn();
        }

        /** Starts as many iterations as may run, or ends the state when all have ended. */
        private void goOn() {
            while (!failed && started < items.size() && running.size() < atOnce) {
                if (visit.branch().run().hasRoom()) {
                    start(started++);
                }
            }
            if (!failed && running.isEmpty()) {
                succeed();
            }
        }

        private void start(int index) {
            recordIteration("MapIterationStarted", index);
            var item = new MapItem(index, items.get(index));
            var iteration = new Branch(
                    visit.branch().run(),
                    map.itemProcessor().states(),
                    new Variables(visit.branch().variables()),
                    Optional.of(item),
                    new Iteration(index));
            Object input;
            try {
                var selector = map.itemSelector();
                input = selector.isPresent()
                        ? selector.get().render(visit.scope(recovery.retryCount(), Optional.of(item)))
                        : item.value();
                visit.requireFits(input, "gave an iteration an input");
            } catch (StateException e) {
                var failure = visit.failure(e);
                visit.failureEvent(e).ifPresent(type -> visit.record(type, failure.toDetails()));
                fail(index, failure);
                return;
            }
            running.put(index, iteration);
            visit.branch().run().reserveEvent();
            iteration.proceed(Optional.of(map.itemProcessor().startAt()), input);
        }

        private void end(int index) {
            if (running.remove(index) != null) {
                visit.branch().run().releaseEvent();
            }
        }

        private void succeed() {
            try {
                visit.requireFits(outputs, "returned a result");
                record("MapStateSucceeded");
                visit.exit(recovery.scope().with("result", outputs), map.assign(), map.output(), outputs, map.next());
            } catch (StateException e) {
                recovery.failed(e);
            }
        }

        private void fail(int index, ErrorOutput failure) {
            failed = true;
            end(index);
            recordIteration("MapIterationFailed", index);
            running.keySet().forEach(other -> recordIteration("MapIterationAborted", other));
            stop();
            recovery.failed(failure, delay -> {
                if (delay.isEmpty()) {
                    record("MapStateFailed");
                }
            });
        }

        private void stop() {
            failed = true;
            running.values().forEach(Branch::stop);
            List.copyOf(running.keySet()).forEach(this::end);
        }

        private final class Iteration implements Branch.End {
            private final int index;

            Iteration(int index) {
                this.index = index;
            }

            @Override
            public void succeeded(Object output) {
                end(index);
                outputs.set(index, output);
                recordIteration("MapIterationSucceeded", index);
                goOn();
            }

            @Override
            public void failed(ErrorOutput failure) {
                fail(index, failure);
            }
        }
    }
}
