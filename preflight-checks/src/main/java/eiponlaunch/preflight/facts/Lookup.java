package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The result of a lookup: a value, or why there is none and what that means for a check that needs it. */
public sealed interface Lookup<T> {
    /** It was found. */
    record Value<T>(T value) implements Lookup<T> {}

    /**
     * It was not found, or could not be looked for.
     *
     * @param status what the first check that needs it comes to; of the others there is nothing to check
     * @param why what happened
     * @param fix what to do
     */
    record Nothing<T>(Status status, String why, Fix fix) implements Lookup<T> {}

    static <T> Lookup<T> of(T value) {
        return new Value<>(value);
    }

    static <T> Lookup<T> missing(String why, Fix fix) {
        return new Nothing<>(Status.failed, why, fix);
    }

    /** The caller may not make the call that shows it. */
    static <T> Lookup<T> notAllowed(String action) {
        return new Nothing<>(
                Status.notChecked,
                "not allowed to check: needs " + action,
                Fix.of("allow " + action + " to your user or role, and run preflight again"));
    }

    /** AWS could not or would not answer. */
    static <T> Lookup<T> noAnswer(String action, String message) {
        return new Nothing<>(
                Status.notChecked,
                "could not look: " + action + " answered " + message,
                Fix.of("run preflight again later"));
    }

    /** There is nothing to ask about yet. */
    static <T> Lookup<T> notAsked(String why, Fix fix) {
        return new Nothing<>(Status.warning, "not asked, as " + why, fix);
    }

    /** Continues with the value. If there is none, the result is missing for the same reason. */
    default <U> Lookup<U> then(Function<T, Lookup<U>> next) {
        if (this instanceof Value<T> seen) {
            return next.apply(seen.value());
        }
        var nothing = (Nothing<T>) this;
        return new Nothing<>(nothing.status(), nothing.why(), nothing.fix());
    }

    /** Looks something up for each item. If one is missing, all are, for its reason. */
    static <T, U> Lookup<List<U>> each(List<T> items, Function<T, Lookup<U>> read) {
        Lookup<List<U>> all = of(List.of());
        for (var item : items) {
            all = all.then(before -> read.apply(item)
                    .then(found ->
                            of(Stream.concat(before.stream(), Stream.of(found)).toList())));
        }
        return all;
    }

    /** The value, or {@code other} when there is none. */
    default T orElse(T other) {
        return this instanceof Value<T> seen ? seen.value() : other;
    }
}
