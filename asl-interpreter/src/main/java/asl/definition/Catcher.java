package asl.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state that follows an error that is not retried. Without an Output, the error output itself is passed on.
 *
 * @see <a href="https://states-language.net/spec.html#fallback-states">Amazon States Language, fallback states</a>
 */
public record Catcher(List<String> errorEquals, String next, Map<String, Template> assign, Optional<Template> output) {}
