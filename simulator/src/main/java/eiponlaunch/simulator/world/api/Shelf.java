package eiponlaunch.simulator.world.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Things that are looked up together, in the order in which they were added. It keeps the answers to known questions up
 * to date and remembers the latest changes. A read copies the answer and undoes the changes after its time. So the cost
 * of a read depends on what it returns, not on how many things there are. Reads between the same two changes share what was
 * made of the first one's answer.
 */
final class Shelf<T> {
    /** In a storm few different questions are asked at a time; more answers would only be more to keep up to date. */
    private static final int MOST_ANSWERS = 8;

    /** Of one question. Reads are at most seconds old, and in a storm some ten changes a second happen. */
    private static final int MOST_MADE = 64;

    /** How many things an answer must name to be kept: a small one is made sooner than the garbage collector has carried it along. */
    static final int WORTH_KEEPING = 500;

    private record Change<T>(Instant at, int number, T before) {}

    private final Duration oldestRead;
    private final List<T> now = new ArrayList<>(); // null is what does not exist
    private final Deque<Change<T>> newestFirst = new ArrayDeque<>();
    private long changes;
    private final Map<Object, Answer<T>> answers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Answer<T>> leastRecentlyAsked) {
            return size() > MOST_ANSWERS;
        }
    };

    /** @param oldestRead no read is older than this */
    Shelf(Duration oldestRead) {
        this.oldestRead = oldestRead;
    }

    int size() {
        return now.size();
    }

    /** Makes room for another thing, which does not exist yet, and says by which number it goes. */
    int add() {
        now.add(null);
        return now.size() - 1;
    }

    void set(int number, Instant at, T thing) {
        changes++;
        newestFirst.push(new Change<>(at, number, now.set(number, thing)));
        var oldest = at.minus(oldestRead);
        while (!newestFirst.peekLast().at().isAfter(oldest)) {
            newestFirst.removeLast();
        }
        for (var answer : answers.values()) {
            answer.set(number, thing);
        }
    }

    /**
     * What is made of that which met the condition at {@code readTime}; equal questions have the same condition and make the same
     * of it.
     */
    <R> R read(Instant readTime, Object question, Predicate<T> condition, Function<List<T>, R> make) {
        var answer = answers.get(question);
        if (answer == null) {
            answer = new Answer<>(condition, now);
            answers.put(question, answer);
        }
        return answer.at(readTime, newestFirst, changes, make);
    }

    /** What these numbers stood for at {@code readTime}, in their order, as far as it existed. */
    List<T> readOnly(Instant readTime, SortedSet<Integer> numbers) {
        var then = new TreeMap<Integer, T>();
        numbers.forEach(number -> then.put(number, now.get(number)));
        for (var change : newestFirst) {
            if (!change.at().isAfter(readTime)) {
                break;
            }
            if (numbers.contains(change.number())) {
                then.put(change.number(), change.before());
            }
        }
        return then.values().stream().filter(Objects::nonNull).toList();
    }

    /** What this number stood for at {@code readTime}, or null. */
    T readOnly(Instant readTime, int number) {
        var then = now.get(number);
        for (var change : newestFirst) {
            if (!change.at().isAfter(readTime)) {
                break;
            }
            if (change.number() == number) {
                then = change.before();
            }
        }
        return then;
    }

    /** What meets one condition now. */
    private static final class Answer<T> {
        private final Predicate<T> condition;
        private Object[] found; // by number; null is what does not meet the condition
        private final Map<Long, Object> made = new LinkedHashMap<>(16, 0.75f, true) { // by how many changes came before
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<Long, Object> leastRecentlyRead) {
                        return size() > MOST_MADE;
                    }
                };

        Answer(Predicate<T> condition, List<T> now) {
            this.condition = condition;
            this.found = now.stream().map(this::ifMet).toArray();
        }

        private T ifMet(T thing) {
            return thing != null && condition.test(thing) ? thing : null;
        }

        void set(int number, T thing) {
            if (number >= found.length) {
                found = Arrays.copyOf(found, Math.max(number + 1, 2 * found.length));
            }
            found[number] = ifMet(thing);
        }

        @SuppressWarnings("unchecked") // equal questions make the same
        <R> R at(Instant readTime, Iterable<Change<T>> newestFirst, long changes, Function<List<T>, R> make) {
            var before = changes;
            for (var change : newestFirst) {
                if (!change.at().isAfter(readTime)) {
                    break;
                }
                before--;
            }
            var known = made.get(before);
            if (known == null) {
                var then = at(readTime, newestFirst);
                known = make.apply(then);
                if (then.size() >= WORTH_KEEPING) {
                    made.put(before, known);
                }
            }
            return (R) known;
        }

        @SuppressWarnings("unchecked") // nothing else is put into it
        private List<T> at(Instant readTime, Iterable<Change<T>> newestFirst) {
            var then = (T[]) found.clone();
            for (var change : newestFirst) {
                if (!change.at().isAfter(readTime)) {
                    break;
                }
                then[change.number()] = ifMet(change.before());
            }
            var count = 0;
            for (var thing : then) {
                if (thing != null) {
                    then[count++] = thing;
                }
            }
            return Collections.unmodifiableList(Arrays.asList(then).subList(0, count));
        }
    }
}
