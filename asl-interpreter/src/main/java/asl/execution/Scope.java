package asl.execution;

import asl.definition.Evaluator;
import asl.definition.Expression;
import asl.definition.Template;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the expressions of one field can see: the assigned variables, the functions, and $states with what exists at
 * that point of the state.
 */
final class Scope implements Evaluator {
    static final String STATES = "states";

    /**
     * How many parts of an expression may be nested into each other. AWS publishes no limit; this is what others have measured.
     *
     * @see <a href="https://github.com/floci-io/floci/pull/2783">Expressions that fail on AWS</a>
     */
    private static final int DEEPEST = 100;

    private final Variables variables;
    private final Builtins builtins;
    private final Map<String, Object> states;
    private final List<EvaluationListener> listeners;

    Scope(Variables variables, Builtins builtins, Map<String, Object> states, List<EvaluationListener> listeners) {
        this.variables = variables;
        this.builtins = builtins;
        this.states = states;
        this.listeners = listeners;
    }

    /** The same, with one more field in $states. */
    Scope with(String field, Object json) {
        var more = new LinkedHashMap<String, Object>(states);
        more.put(field, JsonataValues.in(json));
        return new Scope(variables, builtins, more, listeners);
    }

    /** The values for an Assign. All are computed before any is assigned, so all see the old ones. */
    Map<String, Object> values(Map<String, Template> assign) {
        var values = new LinkedHashMap<String, Object>();
        for (var variable : assign.entrySet()) {
            values.put(variable.getKey(), variable.getValue().render(this));
        }
        return values;
    }

    @Override
    public Object evaluate(Expression expression) {
        if (listeners.isEmpty()) {
            return value(expression, builtins::find);
        }
        var chances = new Chances(builtins);
        try {
            Object value = value(expression, chances::find);
            observed(expression, chances, value, null);
            return value;
        } catch (EvaluationException e) {
            observed(expression, chances, null, e.getMessage());
            throw e;
        }
    }

    private void observed(Expression expression, Chances chances, Object value, String problem) {
        var visible = new LinkedHashMap<String, Object>();
        visible.put(STATES, JsonataValues.out(states));
        expression.names().stream()
                .filter(variables::has)
                .forEach(name -> visible.put(name, JsonataValues.out(variables.get(name))));
        var evaluation =
                new Evaluation(expression.text(), visible, chances.answers(), value, Optional.ofNullable(problem));
        listeners.forEach(listener -> listener.onEvaluation(evaluation));
    }

    Object value(Expression expression, Function<String, Object> functions) {
        if (expression.depth() > DEEPEST) {
            throw EvaluationException.tooDeep(expression);
        }
        Object value = along(expression.path());
        if (value != null) {
            return JsonataValues.out(value);
        }
        try {
            value = expression.compiled().evaluate(null, bindings(expression, functions));
            if (value != null) {
                return JsonataValues.out(value);
            }
        } catch (JException e) {
            throw EvaluationException.thrown(expression, e);
        } catch (RuntimeException | StackOverflowError e) {
            // JSONata reports some type errors, and its checked exceptions, as whatever Java threw
            throw EvaluationException.thrown(expression, e);
        }
        throw EvaluationException.nothing(expression);
    }

    /**
     * The value at the end of a path, which many expressions are: looking it up takes a fraction of what JSONata
     * needs. Null where there is more to it than objects, as JSONata has its own ways with arrays and with what is missing.
     */
    private Object along(List<String> path) {
        Object value = null;
        for (var name : path) {
            if (value == null) {
                value = name.equals(STATES) ? states : variables.get(name);
            } else {
                value = value instanceof Map<?, ?> object ? object.get(name) : null;
            }
            if (value == null) {
                return null;
            }
        }
        return value instanceof List ? null : value;
    }

    private Jsonata.Frame bindings(Expression expression, Function<String, Object> functions) {
        var frame = new Jsonata.Frame(null);
        for (var name : expression.names()) {
            Object function = functions.apply(name);
            if (function != null) {
                frame.bind(name, function);
            }
            if (variables.has(name)) {
                frame.bind(name, variables.get(name));
            }
        }
        frame.bind(STATES, (Object) states);
        return frame;
    }
}
