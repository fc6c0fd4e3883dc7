package eiponlaunch.simulator.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON values, each kept once however often and however deep it occurs. The states of an execution hand on the same
 * event again and again: written out each time, it would be most of the page.
 *
 * <p>A value is known by its number. Inside another value, an object, an array or a long text is the number of its own
 * entry as an array of one, {@code [7]}; nothing else there is an array, so the page can tell them apart.
 */
final class ValuePool {
    /** The number of no value at all, which is not JSON null. */
    static final int NONE = -1;

    /** A shorter text is written where it occurs: a reference would hardly be shorter. */
    private static final int LONG_TEXT = 12;

    private final List<Object> entries = new ArrayList<>();
    private final Map<Object, Integer> numbers = new HashMap<>();

    /** The number of a JSON value. */
    int number(Object value) {
        return numberOfEntry(shallow(value));
    }

    /** The number of one member of a JSON object, or {@link #NONE} when it has no such member. */
    int numberOfMember(Object object, String name) {
        return object instanceof Map<?, ?> members && members.containsKey(name) ? number(members.get(name)) : NONE;
    }

    /** What the page reads; a value's number is its index. */
    List<Object> entries() {
        return entries;
    }

    private int numberOfEntry(Object entry) {
        var known = numbers.get(entry);
        if (known != null) {
            return known;
        }
        entries.add(entry);
        numbers.put(entry, entries.size() - 1);
        return entries.size() - 1;
    }

    private Object shallow(Object value) {
        if (value instanceof Map<?, ?> members) {
            var entry = new LinkedHashMap<String, Object>();
            members.forEach((name, member) -> entry.put(String.valueOf(name), inside(member)));
            return new Ordered(entry, List.copyOf(entry.keySet()));
        }
        if (value instanceof Iterable<?> items) {
            var entry = new ArrayList<>();
            items.forEach(item -> entry.add(inside(item)));
            return entry;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private Object inside(Object value) {
        var entry = shallow(value);
        var refers = entry instanceof Ordered
                || entry instanceof List<?>
                || entry instanceof String text && text.length() > LONG_TEXT;
        return refers ? List.of(numberOfEntry(entry)) : entry;
    }

    /** Objects with the same members in another order are different entries, so that each is shown as it was. */
    record Ordered(@JsonValue Map<String, Object> members, List<String> order) {}
}
