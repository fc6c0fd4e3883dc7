package asl.definition;

import java.util.Optional;

/**
 * Ends the execution successfully, with its Output or its input.
 *
 * @see <a href="https://states-language.net/spec.html#succeed-state">Amazon States Language, Succeed state</a>
 */
public record Succeed(String name, Optional<Template> output) implements State {
    @Override
    public String type() {
        return "Succeed";
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
