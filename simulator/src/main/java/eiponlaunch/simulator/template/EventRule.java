package eiponlaunch.simulator.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the template's EventBridge rules, as far as its pattern lists values; any other kind of pattern is refused.
 *
 * @param name its logical ID
 * @param pattern the event pattern
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html">Event patterns</a>
 */
public record EventRule(String name, Map<?, ?> pattern) {
    /** Why the rule does not match the event; nothing when it does. */
    public Optional<String> mismatch(Object event) {
        return mismatch("", pattern, event);
    }

    private static Optional<String> mismatch(String path, Map<?, ?> pattern, Object event) {
        for (var field : pattern.entrySet()) {
            var here = path + field.getKey();
            var value = event instanceof Map<?, ?> fields ? fields.get(field.getKey()) : null;
            var problem = field.getValue() instanceof Map<?, ?> inside
                    ? mismatch(here + ".", inside, value)
                    : mismatch(here, (List<?>) field.getValue(), value);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> mismatch(String path, List<?> allowed, Object value) {
        if (allowed.stream().anyMatch(Map.class::isInstance)) {
            throw new IllegalArgumentException("the rule's pattern for " + path + " is not read here: " + allowed);
        }
        return allowed.contains(value)
                ? Optional.empty()
                : Optional.of(path + " is " + (value == null ? "missing" : value) + ", not "
                        + (allowed.size() == 1 ? allowed.get(0) : "one of " + allowed));
    }
}
