package asl.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The states that a Map runs for each item. They lead only to each other. */
public record ItemProcessor(String startAt, Map<String, State> states) {
    public ItemProcessor {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }
}
