package asl.definition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One state of a definition, as written, with the defaults of the language filled in.
 *
 * @see <a href="https://states-language.net/spec.html#statetypes">Amazon States Language, state types</a>
 */
public sealed interface State permits Task, MapState, Choice, Wait, Pass, Succeed, Fail {
    String name();

    /** As in the Type field; event types begin with it. */
    String type();

    /** The variables that it assigns when it succeeds. */
    default Map<String, Template> assign() {
        return Map.of();
    }

    /** Where it goes after an error that is not retried; the first that covers the error counts. */
    default List<Catcher> catchers() {
        return List.of();
    }

    /** The state that follows; without one the execution ends. */
    default Optional<String> next() {
        return Optional.empty();
    }

    /** Every state that may come next, with the field that says so. */
    default List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (var catcher : catchers()) {
            targets.add(new Target("Catch[" + targets.size() + "]/Next", catcher.next()));
        }
        next().ifPresent(state -> targets.add(new Target("Next", state)));
        return targets;
    }

    /** Every variable that it may assign. */
    default Set<String> variables() {
        var variables = new LinkedHashSet<String>(assign().keySet());
        catchers().forEach(catcher -> variables.addAll(catcher.assign().keySet()));
        return variables;
    }

    void accept(Visitor visitor);

    /** A state that a field of another one leads to. */
    record Target(String field, String state) {}

    /** Does what belongs to the type of a state. */
    interface Visitor {
        void visit(Task task);

        void visit(MapState map);

        void visit(Choice choice);

        void visit(Wait wait);

        void visit(Pass pass);

        void visit(Succeed succeed);

        void visit(Fail fail);
    }
}
