package asl.definition;

import java.util.Map;
import java.util.Optional;

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
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
