package eiponlaunch.model;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The order of a tag's values: numbers by value, then other text, then what has no value. */
public final class TagOrder {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

    private static final Comparator<Optional<String>> ORDER =
            Comparator.<Optional<String>, Integer>comparing(TagOrder::kind).thenComparing(TagOrder::compareOfOneKind);

    private TagOrder() {}

    /** Of values as tags have them, without the spaces around them. */
    public static Comparator<Optional<String>> order() {
        return ORDER;
    }

    private static int kind(Optional<String> value) {
        return value.map(text -> NUMBER.matcher(text).matches() ? 0 : 1).orElse(2);
    }

    private static int compareOfOneKind(Optional<String> one, Optional<String> other) {
        return switch (kind(one)) {
            case 0 -> new BigDecimal(one.orElseThrow()).compareTo(new BigDecimal(other.orElseThrow()));
            case 1 -> one.orElseThrow().compareTo(other.orElseThrow());
            default -> 0;
        };
    }
}
