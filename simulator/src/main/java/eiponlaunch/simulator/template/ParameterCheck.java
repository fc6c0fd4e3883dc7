package eiponlaunch.simulator.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A parameter as the template declares it.
 *
 * @param name its name
 * @param declaration the fields of its declaration
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html">Parameters</a>
 */
record ParameterCheck(String name, Map<?, ?> declaration) {
    /**
     * Checks a value as CloudFormation does.
     *
     * @throws IllegalArgumentException when CloudFormation would refuse it
     */
    void check(String value) {
        var type = declaration.get("Type");
        if ("Number".equals(type)) {
            checkNumber(value);
        }
        // of a list each item is to match
        var items = "CommaDelimitedList".equals(type)
                ? Stream.of(value.split(",", -1)).map(String::strip).toList()
                : List.of(value);
        if (declaration.get("AllowedPattern") instanceof String pattern
                && !items.stream().allMatch(Pattern.compile(pattern).asMatchPredicate())) {
            throw refused(value, "what matches " + pattern);
        }
        if (declaration.get("MaxLength") instanceof Number most && value.length() > most.intValue()) {
            throw refused(value, "at most " + most + " characters");
        }
        if (declaration.get("AllowedValues") instanceof List<?> allowed
                && allowed.stream().map(Object::toString).noneMatch(value::equals)) {
            throw refused(value, "one of " + allowed);
        }
    }

    private void checkNumber(String value) {
        BigDecimal number;
        try {
            number = new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw refused(value, "a number");
        }
        if (isBeyond(number, "MinValue", -1) || isBeyond(number, "MaxValue", 1)) {
            throw refused(
                    value,
                    "a number" + (declaration.get("MinValue") == null ? "" : " from " + declaration.get("MinValue"))
                            + (declaration.get("MaxValue") == null ? "" : " to " + declaration.get("MaxValue")));
        }
        if (number.stripTrailingZeros().scale() > 0) {
            throw refused(value, "a whole number");
        }
    }

    private boolean isBeyond(BigDecimal number, String limit, int side) {
        var value = declaration.get(limit);
        return value != null && number.compareTo(new BigDecimal(value.toString())) == side;
    }

    private IllegalArgumentException refused(String value, String allowed) {
        return new IllegalArgumentException(name + "=" + value + " is not allowed, only " + allowed);
    }
}
