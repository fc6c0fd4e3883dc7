package asl.definition;

import java.util.Map;
import java.util.Optional;

/** One rule of a Choice: a condition, which must be a boolean, and the state that it leads to. */
public record ChoiceRule(Expression condition, String next, Map<String, Template> assign, Optional<Template> output) {}
