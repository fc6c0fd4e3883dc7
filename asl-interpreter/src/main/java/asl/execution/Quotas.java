package asl.execution;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The quotas of a Standard workflow. The size of a value is that of its JSON text without spaces, in UTF-8.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions quotas</a>
 */
final class Quotas {
    /** Of an execution's, a state's or a task's input and output, of a variable, and of all variables of one Assign. */
    static final int PAYLOAD_BYTES = 262_144;

    /** A Standard execution fails rather than have a longer history. */
    static final int HISTORY_EVENTS = 25_000;

    /** Of a failed execution's Cause, by the API reference. That a longer one is cut off is an assumption. */
    static final int CAUSE_CHARACTERS = 32_768;

    /** Of a failed execution's Error, likewise. */
    static final int ERROR_CHARACTERS = 256;

    /** The longest that one UTF-16 unit can become in JSON: a backslash, a u, and four digits. */
    private static final int MOST_BYTES_OF_A_UNIT = 6;

    private Quotas() {}

    /** Whether the JSON value may be a payload. */
    static boolean fits(Object json) {
        return atMost(json) <= PAYLOAD_BYTES || bytes(json) <= PAYLOAD_BYTES;
    }

    /** An upper bound that does not look into strings, because nearly every value is far from the quota. */
    private static long atMost(Object json) {
        return size(json, false);
    }

    static long bytes(Object json) {
        return size(json, true);
    }

    private static long size(Object json, boolean exact) {
        if (json instanceof String text) {
            return size(text, exact);
        }
        if (json instanceof Map<?, ?> object) {
            long size = Math.max(2, object.size() + 1); // the braces, and the commas between
            for (var field : object.entrySet()) {
                size += size((String) field.getKey(), exact) + 1 + size(field.getValue(), exact);
            }
            return size;
        }
        if (json instanceof List<?> array) {
            long size = Math.max(2, array.size() + 1);
            for (var item : array) {
                size += size(item, exact);
            }
            return size;
        }
        return String.valueOf(json).length(); // a number, true, false or null
    }

    private static long size(String text, boolean exact) {
        return exact ? bytesOfText(text) : MOST_BYTES_OF_A_UNIT * text.length() + 2L;
    }

    private static long bytesOfText(String text) {
        long escapes = text.chars().map(Quotas::bytesOfEscape).sum();
        return 2 + text.getBytes(StandardCharsets.UTF_8).length + escapes;
    }

    /** What escaping adds to the character. */
    private static int bytesOfEscape(int character) {
        return switch (character) {
            case '"', '\\', '\b', '\f', '\n', '\r', '\t' -> 1;
            default -> character < ' ' ? MOST_BYTES_OF_A_UNIT - 1 : 0;
        };
    }

    static String cut(String text, int characters) {
        return text == null || text.length() <= characters ? text : text.substring(0, characters);
    }
}
