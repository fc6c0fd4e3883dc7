package asl.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Produces its Output or passes on its input, and assigns variables. Without a next state the execution ends.
 *
 * @see <a href="https://states-language.net/spec.html#pass-state">Amazon States Language, Pass state</a>
 */
public record Pass(String name, Map<String, Template> assign, Optional<Template> output, Optional<String> next)
        implements State {
    @Override
    public String type() {
        return "Pass";
    }

    @Override
    public List<Target> targets() {
        return next.map(state -> List.of(new Target("Next", state))).orElse(List.of());
    }

    @Override
    public Set<String> variables() {
        return assign.keySet();
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
