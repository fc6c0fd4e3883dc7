package asl.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work that is done elsewhere. Its retriers are asked before its catchers. Without a timeout an attempt may take
 * forever. Without a next state the execution ends.
 *
 * @see <a href="https://states-language.net/spec.html#task-state">Amazon States Language, Task state</a>
 */
public record Task(
        String name,
        String resource,
        Optional<Template> arguments,
        Optional<Template> timeoutSeconds,
        Map<String, Template> assign,
        Optional<Template> output,
        List<Retrier> retry,
        List<Catcher> catchers,
        Optional<String> next)
        implements State {
    @Override
    public String type() {
        return "Task";
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
