package asl.definition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state that follows an error that is not retried. Without an Output, the error output itself is passed on.
 *
 * @see <a href="https://states-language.net/spec.html#fallback-states">Amazon States Language, fallback states</a>
 */
public record Catcher(List<String> errorEquals, String next, Map<String, Template> assign, Optional<Template> output) {
    /** Where a state with catchers may lead. */
    static List<State.Target> targets(List<Catcher> catchers, Optional<String> next) {
        var targets = new ArrayList<State.Target>();
        for (var catcher : catchers) {
            targets.add(new State.Target("Catch[" + targets.size() + "]/Next", catcher.next()));
        }
        next.ifPresent(state -> targets.add(new State.Target("Next", state)));
        return targets;
    }

    /** What a state with catchers may assign. */
    static Set<String> variables(Map<String, Template> assign, List<Catcher> catchers) {
        var variables = new LinkedHashSet<String>(assign.keySet());
        catchers.forEach(catcher -> variables.addAll(catcher.assign().keySet()));
        return variables;
    }
}
