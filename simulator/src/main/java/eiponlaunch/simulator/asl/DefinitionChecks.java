package eiponlaunch.simulator.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rules that need all states at once: no transition leads nowhere, no state is left out of reach, no name stands for
 * two states, and no variable for two values.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html">Passing data between states
 *     with variables</a>
 */
final class DefinitionChecks {
    private final Set<String> names = new HashSet<>();

    private DefinitionChecks() {}

    static void check(String startAt, Map<String, State> states) {
        new DefinitionChecks().check("definition: StartAt", startAt, states, Set.of());
    }

    private void check(String start, String startAt, Map<String, State> states, Set<String> outerVariables) {
        if (!states.containsKey(startAt)) {
            throw new DefinitionException(start + " names " + startAt + ", which is not a state");
        }
        Set<String> variables = new HashSet<>(outerVariables);
        for (State state : states.values()) {
            checkAlone(state, states, outerVariables);
            variables.addAll(state.variables());
        }
        checkReach(startAt, states);
        for (State state : states.values()) {
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
        for (State.Target target : state.targets()) {
            if (!states.containsKey(target.state())) {
                throw new DefinitionException("state " + state.name() + ": " + target.field() + " names "
                        + target.state() + ", which is not a state");
            }
        }
        for (String variable : state.variables()) {
            if (outerVariables.contains(variable)) {
                throw new DefinitionException("state " + state.name() + ": Assign/" + variable
                        + " has the name of a variable outside the Map");
            }
        }
    }

    private static void checkReach(String startAt, Map<String, State> states) {
        Set<String> reached = new HashSet<>(Set.of(startAt));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (State.Target target : states.get(open.pop()).targets()) {
                if (reached.add(target.state())) {
                    open.push(target.state());
                }
            }
        }
        for (String name : states.keySet()) {
            if (!reached.contains(name)) {
                throw new DefinitionException("state " + name + ": Next of no other state leads to it");
            }
        }
    }
}
