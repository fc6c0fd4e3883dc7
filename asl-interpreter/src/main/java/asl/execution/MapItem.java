package asl.execution;

import java.util.LinkedHashMap;
import java.util.Map;

/** An item of a Map's array; the index counts from 0. */
record MapItem(int index, Object value) {
    /** As $states.context.Map shows it, in the form that JSONata takes. */
    Map<String, Object> toContext() {
        var item = new LinkedHashMap<String, Object>();
        item.put("Index", index);
        item.put("Value", JsonataValues.in(value));
        return Map.of("Item", item);
    }
}
