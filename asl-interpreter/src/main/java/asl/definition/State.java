package asl.definition;

import java.util.List;
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

    /** Every state that may come next, with the field that says so. */
    List<Target> targets();

    /** Every variable that it may assign. */
    default Set<String> variables() {
        return Set.of();
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
