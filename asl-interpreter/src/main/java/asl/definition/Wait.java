package asl.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Waits a whole number of seconds. Without an Output its input passes through; without a next state the execution ends.
 *
 * @see <a href="https://states-language.net/spec.html#wait-state">Amazon States Language, Wait state</a>
 */
public record Wait(
        String name, Template seconds, Map<String, Template> assign, Optional<Template> output, Optional<String> next)
        implements State {
    @Override
    public String type() {
        return "Wait";
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
