package asl.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state machine as its definition says: the part of the Amazon States Language with JSONata that runs here, with
 * everything else refused. Every name of a state leads to one, and every state can be reached.
 *
 * @see <a href="https://states-language.net/spec.html">Amazon States Language</a>
 */
public record Definition(String comment, String startAt, Map<String, State> states, Optional<Duration> timeout) {

    public Definition {
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
        DefinitionChecks.check(startAt, states);
    }

    /** Its states and those inside its Maps, each after the Map it is in. */
    public List<State> allStates() {
        var all = new ArrayList<State>();
        collect(states, all);
        return all;
    }

    private static void collect(Map<String, State> states, List<State> all) {
        for (var state : states.values()) {
            all.add(state);
            if (state instanceof MapState map) {
                collect(map.itemProcessor().states(), all);
            }
        }
    }

    /**
     * Reads a definition whose references are already substituted. A DefinitionException says what is wrong with it,
     * and where.
     */
    public static Definition parse(String json) {
        return DefinitionParser.parse(json);
    }
}
