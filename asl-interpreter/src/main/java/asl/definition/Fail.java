package asl.definition;

import java.util.Optional;

/**
 * Ends the execution as failed; the error and the cause may be left out.
 *
 * @see <a href="https://states-language.net/spec.html#fail-state">Amazon States Language, Fail state</a>
 */
public record Fail(String name, Optional<Template> error, Optional<Template> cause) implements State {
    @Override
    public String type() {
        return "Fail";
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
