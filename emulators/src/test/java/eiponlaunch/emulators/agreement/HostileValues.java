package eiponlaunch.emulators.agreement;

import asl.execution.Evaluation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.emulators.Events;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Values that nobody sane would send, each in the place of everything that an expression names. Two are not among them, in
 * which the library still differs: whole numbers beyond 15 digits that become part of a text, and U+2028 in a text that
 * {@code &amp;} makes of an object, which it writes as an escape. Nor is a fraction between 0 and 1 in the place of a count
 * from 1 that finds a place in a list: the library rounds the negative index towards 0, the reference downwards.
 */
final class HostileValues {
    private static final String EVENT = "/states/context/Execution/Input";
    private static final String TIME = "2026-01-31T12:00:00";
    private static final String TINY = "1e-7";

    /** Counts from 1, by which the definition finds a place in a list. */
    private static final Set<String> ORDINALS = Set.of("/throttledInARow");

    private static final List<Object> VALUES = Stream.of(
                    // of no or another type
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1",
                    "1.5",
                    "\"\"",
                    "[]",
                    "{}",
                    "[[]]",
                    "[null]",
                    "[1, 2]",
                    "{\"\": null}",
                    // large
                    "999999999999999",
                    "-999999999999999",
                    "1e21",
                    TINY,
                    // texts
                    "\" \"",
                    "\"\\n\"",
                    "\"\\u0000\"",
                    "\"a\\\"b\"",
                    "\"\\\\\"",
                    "\"\\ud83d\\ude00\"",
                    "\"a\\ud83d\\ude00b\"",
                    "\"0\"",
                    "\"null\"",
                    "\"NaN\"",
                    "\"not authorized\"",
                    "{\"a\\\"b\": 1}",
                    "{\"a\\\\\": \"\\n\"}",
                    "{\"\\ud83d\\ude00\": \"\\n\"}",
                    "[\"\\ud83d\\ude00\\ud83d\\ude00\"]",
                    // times
                    quoted(TIME + "Z"),
                    quoted(TIME + "Z\\n"),
                    quoted(TIME + ".123Z"),
                    quoted(TIME + ".1234567890Z"),
                    quoted(TIME),
                    quoted(TIME + "+01:00"),
                    quoted("2026-02-31T12:00:00Z"),
                    quoted("2026-13-01T12:00:00Z"),
                    quoted("2026-01-32T12:00:00Z"),
                    quoted("2026-01-31T24:00:00Z"),
                    quoted("2026-01-31T23:59:60Z"),
                    quoted("\\n" + TIME + "Z"),
                    quoted("0000-01-01T00:00:00Z"),
                    quoted("9999-12-31T23:59:59Z"),
                    quoted("\\u0662\\u0660\\u0662\\u0666-01-31T12:00:00Z"),
                    quoted("+2026-01-31T12:00:00Z"))
            .map(Events::json)
            .map(HostileValues::plain)
            .toList();

    /** Long texts, whose ends are cut. */
    private static final List<Object> LONG =
            List.of("\ud83d\ude00".repeat(300), "x".repeat(399) + "\ud83d\ude00\ud83d\ude00");

    private static final Map<String, List<Object>> CHANCES = Map.of(
            "millis", Collections.nCopies(20, 1_769_860_900_000L),
            "random", Collections.nCopies(20, 0.25));

    private HostileValues() {}

    /** The expression with every value in every place that it names, evaluated by our engine. */
    static List<Evaluation> of(Evaluation usual) {
        var evaluations = new ArrayList<Evaluation>();
        var variables = Events.JSON.valueToTree(usual.variables());
        for (var place : places(variables, "", usual.expression())) {
            Stream.concat(VALUES.stream(), LONG.stream())
                    .filter(value -> isComparable(place, value))
                    .forEach(value -> {
                        var changed = variables.deepCopy();
                        put(changed, place, Events.JSON.valueToTree(value));
                        evaluations.add(usual.with(object(changed), CHANCES));
                    });
            var without = variables.deepCopy();
            if (place.contains("/states/")) { // a variable that is gone is another matter: it is refused beforehand
                remove(without, place);
                evaluations.add(usual.with(object(without), CHANCES));
            }
        }
        return evaluations;
    }

    private static boolean isComparable(String place, Object value) {
        return !ORDINALS.contains(place) || !plain(Events.json(TINY)).equals(value);
    }

    static int count() {
        return VALUES.size() + LONG.size();
    }

    /**
     * As JSON pointers. What holds something that the expression names is a place, too. What Step Functions itself writes,
     * such as the start of the execution, is not.
     */
    private static List<String> places(JsonNode node, String path, String expression) {
        var places = new ArrayList<String>();
        node.properties().forEach(field -> {
            var here = path + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
            if (expression.contains(field.getKey())) {
                if (!here.equals("/states") && (!here.startsWith("/states/context") || here.startsWith(EVENT))) {
                    places.add(here);
                }
                places.addAll(places(field.getValue(), here, expression));
            }
        });
        return places;
    }

    private static void put(JsonNode root, String place, JsonNode value) {
        ((ObjectNode) root.at(parent(place))).set(name(place), value);
    }

    private static void remove(JsonNode root, String place) {
        ((ObjectNode) root.at(parent(place))).remove(name(place));
    }

    private static String parent(String place) {
        return place.substring(0, place.lastIndexOf('/'));
    }

    private static String name(String place) {
        return place.substring(place.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(JsonNode json) {
        return (Map<String, Object>) plain(json);
    }

    private static Object plain(JsonNode json) {
        return Events.JSON.convertValue(json, Object.class);
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
