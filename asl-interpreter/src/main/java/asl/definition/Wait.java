package asl.definition;

import java.util.Map;
import java.util.Optional;

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
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
