package eiponlaunch.simulator.engine;

import java.util.HashMap;
import java.util.Map;

/** The variables of one execution, kept in the form that JSONata takes. */
final class Variables {
    private final Map<String, Object> values = new HashMap<>();

    boolean has(String name) {
        return values.containsKey(name);
    }

    Object get(String name) {
        return values.get(name);
    }

    void assign(Map<String, Object> newValues) {
        newValues.forEach((name, json) -> values.put(name, JsonataValues.in(json)));
    }
}
