package asl.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    public List<Target> targets() {
        return Catcher.targets(catchers, next);
    }

    @Override
    public Set<String> variables() {
        return Catcher.variables(assign, catchers);
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
