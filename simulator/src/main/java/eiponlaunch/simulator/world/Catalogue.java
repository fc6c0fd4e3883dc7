package eiponlaunch.simulator.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Things by their ID and by their tags, as they are and as they were a moment ago. Tags never change here. */
final class Catalogue<T> {
    private final Map<String, Versions<T>> byId = new HashMap<>();
    private final Map<Map.Entry<String, String>, List<Versions<T>>> byTag = new HashMap<>();
    private final List<Versions<T>> all = new ArrayList<>();

    void add(String id, Map<String, String> tags, Instant now, T thing) {
        var versions = new Versions<>(now, thing);
        if (byId.put(id, versions) != null) {
            throw new IllegalArgumentException(id + " exists already");
        }
        all.add(versions);
        tags.entrySet()
                .forEach(tag -> byTag.computeIfAbsent(Map.entry(tag.getKey(), tag.getValue()), t -> new ArrayList<>())
                        .add(versions));
    }

    /** What has this ID now, or null. */
    T now(String id) {
        var versions = byId.get(id);
        return versions == null ? null : versions.now();
    }

    /** Null as the new state means that it no longer exists. */
    void set(String id, Instant now, T thing) {
        byId.get(id).set(now, thing);
    }

    /** What met the condition at {@code readTime}, in the order in which it was added. */
    List<T> read(Instant readTime, Map<String, String> tags, Predicate<T> condition) {
        return candidates(tags).stream()
                .map(versions -> versions.at(readTime))
                .filter(Objects::nonNull)
                .filter(condition)
                .toList();
    }

    /** Those with the rarest of the tags; the condition sees to the others. */
    private Collection<Versions<T>> candidates(Map<String, String> tags) {
        Collection<Versions<T>> fewest = all;
        for (var tag : tags.entrySet()) {
            var tagged = byTag.getOrDefault(tag, List.of());
            fewest = tagged.size() < fewest.size() ? tagged : fewest;
        }
        return fewest;
    }
}
