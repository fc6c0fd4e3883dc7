package asl.definition;

import java.util.Map;
import java.util.Optional;

/** One rule of a Choice: a condition that must come out as a boolean, and where it leads. */
public record ChoiceRule(Expression condition, String next, Map<String, Template> assign, Optional<Template> output) {}
