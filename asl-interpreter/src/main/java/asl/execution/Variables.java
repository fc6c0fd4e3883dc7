package asl.execution;

import java.util.HashMap;
import java.util.Map;

/** The variables of one branch, kept in the form that JSONata takes; those of the branch around it can be read. */
final class Variables {
    private final Map<String, Object> values = new HashMap<>();

    private final Variables outer;

    Variables() {
        this(null);
    }

    Variables(Variables outer) {
        this.outer = outer;
    }

    boolean has(String name) {
        return values.containsKey(name) || outer != null && outer.has(name);
    }

    Object get(String name) {
        return values.containsKey(name) || outer == null ? values.get(name) : outer.get(name);
    }

    void assign(Map<String, Object> newValues) {
        for (var variable : newValues.entrySet()) {
            values.put(variable.getKey(), JsonataValues.in(variable.getValue()));
        }
    }
}
