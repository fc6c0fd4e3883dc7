package eiponlaunch.simulator.engine;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import eiponlaunch.simulator.asl.Evaluator;
import eiponlaunch.simulator.asl.Expression;
import eiponlaunch.simulator.asl.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the expressions of one field can see: the assigned variables, the functions, and $states with what exists at
 * that point of the state.
 */
final class Scope implements Evaluator {
    private static final String STATES = "states";
    /** Hands the result through in a box, in which JSONata's way out leaves JSON null alone. */
    private static final Jsonata.Fn1<Object, Result> RESULT = Result::new;

    private final Variables variables;
    private final Builtins builtins;
    private final Map<String, Object> states;

    Scope(Variables variables, Builtins builtins, Map<String, Object> states) {
        this.variables = variables;
        this.builtins = builtins;
        this.states = states;
    }

    /** The same, with one more field in $states. */
    Scope with(String field, Object json) {
        Map<String, Object> more = new LinkedHashMap<>(states);
        more.put(field, JsonataValues.in(json));
        return new Scope(variables, builtins, more);
    }

    /** The values for an Assign. All are computed before any is assigned, so all see the old ones. */
    Map<String, Object> values(Map<String, Template> assign) {
        Map<String, Object> values = new LinkedHashMap<>();
        assign.forEach((name, template) -> values.put(name, template.render(this)));
        return values;
    }

    @Override
    public Object evaluate(Expression expression) {
        Object value;
        try {
            Object result = expression.compiled().evaluate(null, bindings(expression));
            value = result instanceof Result box ? box.value() : result;
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

    private Jsonata.Frame bindings(Expression expression) {
        Jsonata.Frame frame = new Jsonata.Frame(null);
        for (String name : expression.names()) {
            Object function = builtins.find(name);
            if (function != null) {
                frame.bind(name, function);
            }
            if (variables.has(name)) {
                frame.bind(name, variables.get(name));
            }
        }
        frame.bind(STATES, (Object) states);
        frame.bind(Expression.RESULT_FUNCTION, RESULT);
        return frame;
    }

    private record Result(Object value) {}
}
