package asl.execution;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Utils;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON values on their way into JSONata and out. Inside, JSON null is a marker, for Java null means "nothing" there, and a
 * number has no more digits than a double, as everywhere in JSONata.
 */
final class JsonataValues {
    /** Up to here a double holds every whole number. */
    private static final long LARGEST_WHOLE = 1L << 53;

    private JsonataValues() {}

    /** The same object when it holds nothing of the two, which is nearly always; it must not change afterwards. */
    static Object in(Object json) {
        return differs(json) ? marked(json) : json;
    }

    private static boolean differs(Object json) {
        if (json instanceof String) { // what most values are
            return false;
        }
        if (json instanceof Map<?, ?> object) {
            for (var value : object.values()) {
                if (differs(value)) {
                    return true;
                }
            }
            return false;
        }
        if (json instanceof List<?> array) {
            for (var item : array) {
                if (differs(item)) {
                    return true;
                }
            }
            return false;
        }
        return json == null || isTooLong(json);
    }

    private static boolean isTooLong(Object json) {
        return json instanceof BigInteger
                || json instanceof BigDecimal
                || json instanceof Long number && Math.abs(number) > LARGEST_WHOLE;
    }

    private static Object marked(Object json) {
        if (json instanceof String) {
            return json;
        }
        if (json instanceof Map<?, ?> object) {
            var copy = new LinkedHashMap<Object, Object>();
            for (var field : object.entrySet()) {
                copy.put(field.getKey(), marked(field.getValue()));
            }
            return copy;
        }
        if (json instanceof List<?> array) {
            var copy = new ArrayList<Object>(array.size());
            for (var item : array) {
                copy.add(marked(item));
            }
            return copy;
        }
        if (isTooLong(json)) {
            return ((Number) json).doubleValue();
        }
        return json == null ? Jsonata.NULL_VALUE : json;
    }

    /** A copy in plain Java; whole numbers come out as Integer, or Long if they must. Throws what is not JSON. */
    static Object out(Object value) {
        if (value == null || value == Jsonata.NULL_VALUE) {
            return null;
        }
        if (value instanceof String) {
            return value;
        }
        if (value instanceof Map<?, ?> object) {
            var copy = new LinkedHashMap<String, Object>();
            for (var field : object.entrySet()) {
                copy.put((String) field.getKey(), out(field.getValue()));
            }
            return copy;
        }
        if (value instanceof List<?> array) {
            var copy = new ArrayList<Object>(array.size());
            for (var item : array) {
                copy.add(out(item));
            }
            return copy;
        }
        if (value instanceof Double || value instanceof Long) {
            return Utils.convertNumber((Number) value);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("The value is a function, not JSON.");
    }
}
