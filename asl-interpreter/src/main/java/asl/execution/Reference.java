package asl.execution;

import com.dashjoin.jsonata.Functions;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Functions as JSONata's reference implementation has them, where the library's differ: the library's regular
 * expressions let {@code $} match before a final line break, its {@code $substring} cuts characters in two, its {@code
 * $string} does not escape quotes in names, its {@code $count} and {@code $join} treat JSON null as nothing, and its
 * {@code $toMillis} reads fewer forms of time.
 *
 * @see <a href="https://docs.jsonata.org/string-functions">JSONata's functions</a>
 */
final class Reference {
    private static final JsonMapper JSON = new JsonMapper();

    /** A time as the reference takes it, which is more than ISO 8601 has. */
    private static final Pattern TIME = Pattern.compile("(\\d{4})(?:-([01]\\d))?(?:-([0-3]\\d))?"
            + "(?:T([0-2]\\d):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d+))?)?)?(Z|[+-][0-2]\\d:?[0-5]\\d)?");

    private Reference() {}

    static Object call(String name, List<?> arguments) throws JsonProcessingException {
        var first = arguments.isEmpty() ? null : arguments.get(0);
        return switch (name) {
            case "contains" -> contains(text(first), arguments.size() < 2 ? null : arguments.get(1));
            case "count" -> first == null ? 0 : first instanceof List<?> list ? list.size() : 1;
            case "join" -> join(first, arguments.size() < 2 ? null : arguments.get(1));
            case "string" -> string(first, arguments.size() < 2 ? null : (Boolean) arguments.get(1));
            default -> substring(text(first), number(arguments, 1), number(arguments, 2));
        };
    }

    private static String text(Object value) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IllegalArgumentException("Argument 1 must be a string.");
    }

    private static Number number(List<?> arguments, int index) {
        var value = index < arguments.size() ? arguments.get(index) : null;
        if (value == null || value instanceof Number) {
            return (Number) value;
        }
        throw new IllegalArgumentException("Argument " + (index + 1) + " must be a number.");
    }

    private static Boolean contains(String text, Object token) {
        if (text == null) {
            return null;
        }
        return token instanceof Pattern pattern
                ? Pattern.compile(withRealEnd(pattern.pattern()), pattern.flags())
                        .matcher(text)
                        .find()
                : Functions.contains(text, token);
    }

    private static String join(Object texts, Object separator) {
        if (texts == null) {
            return null;
        }
        var all = texts instanceof List<?> list ? list : List.of(texts);
        if (!all.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("Argument 1 must be an array of strings.");
        }
        return all.stream()
                .map(String.class::cast)
                .collect(Collectors.joining(separator == null ? "" : text(separator)));
    }

    /** With {@code \\z} for each {@code $} that stands for the end, not for itself. */
    private static String withRealEnd(String pattern) {
        var real = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.length(); i++) {
            var character = pattern.charAt(i);
            if (character == '\\' && i + 1 < pattern.length()) {
                real.append(character).append(pattern.charAt(++i));
                continue;
            }
            inClass = character == '[' || inClass && character != ']';
            real.append(character == '$' && !inClass ? "\\z" : character);
        }
        return real.toString();
    }

    private static String string(Object value, Boolean prettify) throws JsonProcessingException {
        var isPlain = !Boolean.TRUE.equals(prettify) && (value instanceof Map || value instanceof List);
        return isPlain ? JSON.writeValueAsString(JsonataValues.out(value)) : Functions.string(value, prettify);
    }

    /** Counts characters, not UTF-16 units. */
    private static String substring(String text, Number start, Number length) {
        if (text == null) {
            return null;
        }
        if (start == null) {
            throw new IllegalArgumentException("Argument 2 must be a number.");
        }
        var size = text.codePointCount(0, text.length());
        var from = start.doubleValue() < 0 ? Math.max(0, size + start.doubleValue()) : start.doubleValue();
        var to = length == null ? size : from + length.doubleValue();
        var first = (int) Math.min(size, from);
        var last = (int) Math.max(first, Math.min(size, Math.max(0, to)));
        return text.substring(text.offsetByCodePoints(0, first), text.offsetByCodePoints(0, last));
    }

    /** A day that its month does not have is one of the next month; without a zone it is UTC, as on AWS. */
    static Long toMillis(String text) {
        var match = TIME.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not an ISO 8601 timestamp.");
        }
        var hour = field(match.group(4), 0);
        var minute = field(match.group(5), 0);
        var second = field(match.group(6), 0);
        if (hour > 24 || hour == 24 && minute + second > 0 || field(match.group(3), 1) > 31) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time.");
        }
        try {
            var days = LocalDate.of(Integer.parseInt(match.group(1)), field(match.group(2), 1), 1)
                            .toEpochDay()
                    + field(match.group(3), 1)
                    - 1;
            var fraction = match.group(7) == null ? "" : match.group(7);
            var zone = match.group(8) == null ? ZoneOffset.UTC : ZoneOffset.of(match.group(8));
            return ((days * 24 + hour) * 60 + minute) * 60_000
                    + second * 1000
                    + Integer.parseInt((fraction + "000").substring(0, 3))
                    - zone.getTotalSeconds() * 1000L;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time.", e);
        }
    }

    private static int field(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }
}
