package eiponlaunch.simulator.world.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** A JSON object whose fields keep their order. Those of {@link Map#of} have another one in each JVM, which a report would show. */
public final class Fields {
    private Fields() {}

    /** @param namesAndValues a name, its value, the next name, and so on */
    public static Map<String, Object> of(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Object>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
