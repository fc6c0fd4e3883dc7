package eiponlaunch.simulator.asl;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The rules that need all states at once: no transition leads nowhere, and no state is left out of reach. */
final class DefinitionChecks {
    private DefinitionChecks() {}

    static void check(String startAt, Map<String, State> states) {
        if (!states.containsKey(startAt)) {
            throw new DefinitionException("definition: StartAt names " + startAt + ", which is not a state");
        }
        for (State state : states.values()) {
            for (State.Target target : state.targets()) {
                if (!states.containsKey(target.state())) {
                    throw new DefinitionException("state " + state.name() + ": " + target.field() + " names "
                            + target.state() + ", which is not a state");
                }
            }
        }
        Set<String> reached = reachedFrom(startAt, states);
        for (String name : states.keySet()) {
            if (!reached.contains(name)) {
                throw new DefinitionException("state " + name + ": Next of no other state leads to it");
            }
        }
    }

    private static Set<String> reachedFrom(String startAt, Map<String, State> states) {
        Set<String> reached = new HashSet<>(Set.of(startAt));
        Deque<String> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            for (State.Target target : states.get(open.pop()).targets()) {
                if (reached.add(target.state())) {
                    open.push(target.state());
                }
            }
        }
        return reached;
    }
}
