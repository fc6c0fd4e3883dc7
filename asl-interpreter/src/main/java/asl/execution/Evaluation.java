package asl.execution;

import asl.definition.Expression;
import asl.time.VirtualTime;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

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
        Optional<String> problem) {

    /** The same expression with other variables; the functions without a foreseeable answer give these in turn. */
    public Evaluation with(Map<String, Object> others, Map<String, List<Object>> answers) {
        var bound = new Variables();
        var assigned = new LinkedHashMap<>(others);
        assigned.remove(Scope.STATES);
        bound.assign(assigned);
        var builtins = new Builtins(new VirtualTime(Instant.EPOCH), new Random(0));
        var left = new HashMap<String, Iterator<Object>>();
        answers.forEach((name, values) -> left.put(name, values.iterator()));
        Function<String, Object> functions = name -> left.containsKey(name)
                ? new JFunction((input, args) -> left.get(name).next(), null)
                : builtins.find(name);
        @SuppressWarnings("unchecked")
        var states = (Map<String, Object>) JsonataValues.in(others.get(Scope.STATES));
        try {
            var value = new Scope(bound, builtins, states, List.of())
                    .value(Expression.compile(expression, "again"), functions);
            return new Evaluation(expression, others, answers, value, Optional.empty());
        } catch (EvaluationException e) {
            return new Evaluation(expression, others, answers, null, Optional.of(e.getMessage()));
        }
    }
}
