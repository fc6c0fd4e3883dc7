package asl.execution;

import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notes what the functions without a foreseeable answer say during one evaluation. */
final class Chances {
    private static final Set<String> UNFORESEEABLE = Set.of("millis", "now", "random", "uuid");

    private final Builtins builtins;
    private final Map<String, List<Object>> answers = new LinkedHashMap<>();

    Chances(Builtins builtins) {
        this.builtins = builtins;
    }

    JFunction find(String name) {
        var function = builtins.find(name);
        if (!UNFORESEEABLE.contains(name)) {
            return function;
        }
        return new JFunction(
                (input, args) -> {
                    Object answer = function.call(input, args);
                    answers.computeIfAbsent(name, key -> new ArrayList<>()).add(answer);
                    return answer;
                },
                null);
    }

    Map<String, List<Object>> answers() {
        return answers;
    }
}
