package asl.definition;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rules that need all states at once: every transition leads to a state, every state can be reached, no name stands
 * for two states, no variable for two values, and no expression reads what cannot exist.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">Passing data between states
 *     with variables</a>
 */
final class DefinitionChecks {
    private static final Set<String> STATES_FIELDS = Set.of("input", "context", "result", "errorOutput");

    private final Set<String> names = new HashSet<>();

    private DefinitionChecks() {}

    static void check(String startAt, Map<String, State> states) {
        new DefinitionChecks().check("definition: StartAt", startAt, states, Set.of());
    }

    private void check(String start, String startAt, Map<String, State> states, Set<String> outerVariables) {
        if (!states.containsKey(startAt)) {
            throw new DefinitionException(start + " names " + startAt + ", which is not a state");
        }
        var variables = new HashSet<String>(outerVariables);
        for (var state : states.values()) {
            checkAlone(state, states, outerVariables);
            variables.addAll(state.variables());
        }
        checkReach(startAt, states);
        var assigned = assigned(startAt, states, outerVariables);
        states.values().forEach(state -> checkExpressions(state, assigned.get(state.name())));
        for (var state : states.values()) {
            if (state instanceof MapState map) {
                check(
                        "state " + map.name() + ": ItemProcessor/StartAt",
                        map.itemProcessor().startAt(),
                        map.itemProcessor().states(),
                        variables);
            }
        }
    }

    private void checkAlone(State state, Map<String, State> states, Set<String> outerVariables) {
        if (!names.add(state.name())) {
            throw new DefinitionException(
                    "state " + state.name() + ": another state has this name, inside or outside a Map");
        }
        for (var target : state.targets()) {
            if (!states.containsKey(target.state())) {
                throw new DefinitionException("state " + state.name() + ": " + target.field() + " names "
                        + target.state() + ", which is not a state");
            }
        }
        for (var variable : state.variables()) {
            if (outerVariables.contains(variable)) {
                throw new DefinitionException("state " + state.name() + ": Assign/" + variable
                        + " has the name of a variable outside the Map");
            }
        }
    }

    /** The variables that some way to each state has assigned before. */
    private static Map<String, Set<String>> assigned(String startAt, Map<String, State> states, Set<String> outer) {
        var assigned = new HashMap<String, Set<String>>();
        states.keySet().forEach(name -> assigned.put(name, new HashSet<>(outer)));
        var open = new ArrayDeque<String>(states.keySet());
        while (!open.isEmpty()) {
            var state = states.get(open.pop());
            var after = new HashSet<String>(assigned.get(state.name()));
            after.addAll(state.variables());
            for (var target : state.targets()) {
                if (assigned.get(target.state()).addAll(after)) {
                    open.push(target.state());
                }
            }
        }
        return assigned;
    }

    private static void checkExpressions(State state, Set<String> assigned) {
        for (var expression : Expressions.of(state)) {
            var where = "state " + state.name() + ": " + expression.field() + " ";
            for (var field : expression.statesFields()) {
                if (!mayRead(field, state, expression.field())) {
                    throw new DefinitionException(where + "reads $states." + field
                            + (STATES_FIELDS.contains(field) ? ", which is not there" : ", which does not exist"));
                }
            }
            for (var name : expression.variables()) {
                if (!assigned.contains(name) && !Functions.exist(name) && !name.equals("states")) {
                    throw new DefinitionException(where + "reads $" + name + ", which no state before it assigns");
                }
            }
        }
    }

    /** The result is there when the work is done, the error output when it failed. */
    private static boolean mayRead(String statesField, State state, String field) {
        return switch (statesField) {
            case "input", "context" -> true;
            case "result" ->
                (state instanceof Task || state instanceof MapState)
                        && (field.startsWith("Output") || field.startsWith("Assign"));
            case "errorOutput" -> field.startsWith("Catch");
            default -> false;
        };
    }

    private static void checkReach(String startAt, Map<String, State> states) {
        var reached = new HashSet<String>(Set.of(startAt));
        var open = new ArrayDeque<String>(reached);
        while (!open.isEmpty()) {
            for (var target : states.get(open.pop()).targets()) {
                if (reached.add(target.state())) {
                    open.push(target.state());
                }
            }
        }
        for (var name : states.keySet()) {
            if (!reached.contains(name)) {
                throw new DefinitionException("state " + name + ": Next of no other state leads to it");
            }
        }
    }
}
