package asl.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs its processor once for each item of an array, several at a time, and returns an array of the outputs. Without
 * Items its input is the array; without an ItemSelector an iteration's input is the item. When one iteration fails, the
 * others are stopped and the state fails; then its retriers are asked, and its catchers.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html">Using Map state in Inline
 *     mode</a>
 */
public record MapState(
        String name,
        Optional<Template> items,
        Optional<Template> itemSelector,
        Optional<Template> maxConcurrency,
        ItemProcessor itemProcessor,
        Map<String, Template> assign,
        Optional<Template> output,
        List<Retrier> retry,
        List<Catcher> catchers,
        Optional<String> next)
        implements State {
    @Override
    public String type() {
        return "Map";
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
