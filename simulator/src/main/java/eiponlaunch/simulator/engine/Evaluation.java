package eiponlaunch.simulator.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One expression evaluated once, in plain JSON values.
 *
 * @param expression its text, without the {@code {% %}}
 * @param variables the variables that the text may refer to, without their $, and always "states"
 * @param chances what those functions answered, call by call, that nobody else could work out: the time, random numbers
 * @param value what it came to; JSON null is null
 * @param problem why it came to nothing, when it did
 */
public record Evaluation(
        String expression,
        Map<String, Object> variables,
        Map<String, List<Object>> chances,
        Object value,
        Optional<String> problem) {}
