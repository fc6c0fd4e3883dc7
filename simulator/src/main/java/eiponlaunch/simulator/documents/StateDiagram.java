package eiponlaunch.simulator.documents;

import asl.definition.Catcher;
import asl.definition.Choice;
import asl.definition.ChoiceRule;
import asl.definition.Definition;
import asl.definition.ErrorNames;
import asl.definition.Fail;
import asl.definition.MapState;
import asl.definition.Pass;
import asl.definition.State;
import asl.definition.Succeed;
import asl.definition.Task;
import asl.definition.Wait;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A definition as a Mermaid diagram: every state, and every way from one to the next with what leads there. Retries stay
 * within their state and are left out.
 *
 * @see <a href="https://mermaid.js.org/syntax/stateDiagram.html">Mermaid's state diagrams</a>
 */
final class StateDiagram implements State.Visitor {
    private static final String OUTSIDE = "[*]";
    private static final String NEW_LINE = "<br/>";

    private static final String STEP = "    ";

    /** A label of more errors than this would hide the diagram. */
    private static final int MOST_NAMES = 3;

    private final StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    private String indent = STEP;

    private StateDiagram() {}

    static String of(Definition definition) {
        var diagram = new StateDiagram();
        diagram.states(definition.startAt(), definition.states());
        return diagram.text.toString();
    }

    private void states(String startAt, Map<String, State> states) {
        arrow(OUTSIDE, startAt, "");
        states.values().forEach(state -> state.accept(this));
    }

    @Override
    public void visit(Task task) {
        next(task, task.next());
        catchers(task, task.catchers());
    }

    private void catchers(State state, List<Catcher> catchers) {
        for (var catcher : catchers) {
            arrow(state.name(), catcher.next(), errors(catcher, catchers.get(0) == catcher));
        }
    }

    /** What is done for each item stands inside the state. */
    @Override
    public void visit(MapState map) {
        next(map, map.next());
        catchers(map, map.catchers());
        text.append(indent).append("state ").append(map.name()).append(" {\n");
        var outside = indent;
        indent += STEP;
        states(map.itemProcessor().startAt(), map.itemProcessor().states());
        indent = outside;
        text.append(indent).append("}\n");
    }

    private static String errors(Catcher catcher, boolean first) {
        var names = catcher.errorEquals();
        return names.size() > MOST_NAMES
                ? simple(names.get(0)) + NEW_LINE + "and " + (names.size() - 1) + " others"
                : named(names, first);
    }

    private static String named(List<String> errors, boolean first) {
        return errors.stream()
                .map(error -> error.equals(ErrorNames.ALL) ? (first ? "any error" : "any other error") : simple(error))
                .collect(Collectors.joining(NEW_LINE));
    }

    /** An error's name without the package of its class. */
    private static String simple(String error) {
        return error.startsWith("States.") ? error : error.substring(error.lastIndexOf('.') + 1);
    }

    @Override
    public void visit(Choice choice) {
        choice.choices().forEach(rule -> arrow(choice.name(), rule.next(), condition(rule)));
        choice.defaultNext().ifPresent(state -> arrow(choice.name(), state, "else"));
    }

    /** The condition without the variable that the whole Choice is about. */
    private static String condition(ChoiceRule rule) {
        var text = rule.condition().text().strip();
        if (text.equals("true")) {
            return "else";
        }
        return text.replaceAll("\\$\\w+\\.", "")
                .replace("$", "")
                .replace("<=", "≤")
                .replace(" and ", NEW_LINE + "and ");
    }

    @Override
    public void visit(Wait wait) {
        next(wait, wait.next());
    }

    @Override
    public void visit(Pass pass) {
        next(pass, pass.next());
    }

    @Override
    public void visit(Succeed succeed) {
        next(succeed, Optional.empty());
    }

    @Override
    public void visit(Fail fail) {
        next(fail, Optional.empty());
    }

    private void next(State state, Optional<String> next) {
        arrow(state.name(), next.orElse(OUTSIDE), "");
    }

    private void arrow(String from, String to, String label) {
        text.append(indent).append(from).append(" --> ").append(to);
        text.append(label.isEmpty() ? "" : ": " + label).append('\n');
    }
}
