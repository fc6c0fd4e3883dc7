package eiponlaunch.simulator.world.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Things by their ID and by their tags, as they are now and as they were a moment ago, because Describe calls are
 * eventually consistent. Tags never change here.
 */
public final class Catalogue<T> {
    /** No read is older than this. */
    public static final Duration OLDEST_READ = Duration.ofSeconds(20);

    private record Place<T>(Shelf<T> shelf, int number) {}

    private static final class Entry<T> {
        private final List<Place<T>> places = new ArrayList<>(3);
        private T now;
    }

    private final Map<String, Entry<T>> byId = new HashMap<>();
    private final Map<Map.Entry<String, String>, Shelf<T>> byTag = new HashMap<>();
    private final Shelf<T> all = new Shelf<>(OLDEST_READ);

    public void add(String id, Map<String, String> tags, Instant now, T thing) {
        var entry = new Entry<T>();
        if (byId.putIfAbsent(id, entry) != null) {
            throw new IllegalArgumentException(id + " exists already");
        }
        entry.places.add(new Place<>(all, all.add()));
        tags.forEach((key, value) -> {
            var shelf = byTag.computeIfAbsent(Map.entry(key, value), tag -> new Shelf<>(OLDEST_READ));
            entry.places.add(new Place<>(shelf, shelf.add()));
        });
        set(id, now, thing);
    }

    public boolean has(String id) {
        return byId.containsKey(id);
    }

    /** What has this ID now, or null. */
    public T now(String id) {
        var entry = byId.get(id);
        return entry == null ? null : entry.now;
    }

    /** Null as the new state means that it no longer exists. */
    public void set(String id, Instant now, T thing) {
        var entry = byId.get(id);
        entry.now = thing;
        entry.places.forEach(place -> place.shelf().set(place.number(), now, thing));
    }

    /**
     * What met the condition at {@code readTime}, in the order in which it was added.
     *
     * @param tags those that it must have; only the rarest is looked at, and the condition sees to the others
     * @param question equal questions have the same condition, so the answer to one that was asked before is at hand
     */
    public List<T> read(Instant readTime, Map<String, String> tags, Object question, Predicate<T> condition) {
        return read(readTime, tags, question, condition, found -> found);
    }

    /**
     * As above, and what is made of it; equal questions make the same of it.
     *
     * @param make its result is shared and must never change
     */
    public <R> R read(
            Instant readTime,
            Map<String, String> tags,
            Object question,
            Predicate<T> condition,
            Function<List<T>, R> make) {
        var fewest = all;
        for (var tag : tags.entrySet()) {
            var tagged = byTag.get(tag);
            if (tagged == null) {
                return make.apply(List.of());
            }
            fewest = tagged.size() < fewest.size() ? tagged : fewest;
        }
        return fewest.read(readTime, question, condition, make);
    }

    /** What this ID stood for at {@code readTime}, or nothing. */
    public Optional<T> read(Instant readTime, String id) {
        var entry = byId.get(id);
        return entry == null
                ? Optional.empty()
                : Optional.ofNullable(all.readOnly(readTime, entry.places.get(0).number()));
    }

    /** What these IDs stood for at {@code readTime}, in the order in which it was added, as far as it existed. */
    public List<T> read(Instant readTime, Collection<String> ids) {
        return all.readOnly(
                readTime,
                ids.stream()
                        .map(byId::get)
                        .filter(Objects::nonNull)
                        .map(entry -> entry.places.get(0).number())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
