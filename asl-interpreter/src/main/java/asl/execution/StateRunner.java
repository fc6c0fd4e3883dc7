package asl.execution;

import asl.definition.Choice;
import asl.definition.ChoiceRule;
import asl.definition.ErrorNames;
import asl.definition.Fail;
import asl.definition.MapState;
import asl.definition.Pass;
import asl.definition.State;
import asl.definition.Succeed;
import asl.definition.Task;
import asl.definition.Template;
import asl.definition.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Does in one visit what the kind of the state asks for; a Task and a Map, which take longer, have classes of their own. */
final class StateRunner implements State.Visitor {
    private final StateVisit visit;

    StateRunner(StateVisit visit) {
        this.visit = visit;
    }

    @Override
    public void visit(Task task) {
        new TaskVisit(visit, task).attempt();
    }

    @Override
    public void visit(MapState map) {
        new MapVisit(visit, map).attempt();
    }

    @Override
    public void visit(Choice choice) {
        var scope = visit.scope();
        for (var rule : choice.choices()) {
            if (holds(rule, scope)) {
                var assign = new LinkedHashMap<String, Template>(choice.assign());
                assign.putAll(rule.assign());
                visit.exit(scope, assign, rule.output(), visit.input(), Optional.of(rule.next()));
                return;
            }
        }
        if (choice.defaultNext().isPresent()) {
            visit.exit(scope, choice.assign(), choice.output(), visit.input(), choice.defaultNext());
        } else {
            var cause = visit.cause("No rule matched, and there is no Default.");
            visit.branch().fail(new ErrorOutput(ErrorNames.NO_CHOICE_MATCHED, cause));
        }
    }

    private static boolean holds(ChoiceRule rule, Scope scope) {
        Object value = scope.evaluate(rule.condition());
        if (value instanceof Boolean holds) {
            return holds;
        }
        throw EvaluationException.unexpected(rule.condition().field(), "a boolean", value);
    }

    @Override
    public void visit(Wait wait) {
        var time = seconds("Seconds", wait.seconds(), visit.scope(), 0);
        visit.branch()
                .later(
                        time,
                        () -> visit.guard(() ->
                                visit.exit(visit.scope(), wait.assign(), wait.output(), visit.input(), wait.next())));
    }

    @Override
    public void visit(Pass pass) {
        visit.exit(visit.scope(), pass.assign(), pass.output(), visit.input(), pass.next());
    }

    @Override
    public void visit(Succeed succeed) {
        visit.exit(visit.scope(), Map.of(), succeed.output(), visit.input(), Optional.empty());
    }

    @Override
    public void visit(Fail fail) {
        var scope = visit.scope();
        visit.branch().fail(new ErrorOutput(text("Error", fail.error(), scope), text("Cause", fail.cause(), scope)));
    }

    private static String text(String field, Optional<Template> template, Scope scope) {
        if (template.isEmpty()) {
            return null;
        }
        Object value = template.get().render(scope);
        if (value instanceof String text) {
            return text;
        }
        throw EvaluationException.unexpected(field, "a string", value);
    }

    /** What a field that says how long gives: a whole number of seconds, of at least the minimum. */
    static Duration seconds(String field, Template template, Scope scope, int min) {
        Object value = template.render(scope);
        if (value instanceof Integer seconds && seconds >= min && seconds <= 99_999_999) {
            return Duration.ofSeconds(seconds);
        }
        throw EvaluationException.unexpected(field, "an integer from " + min + " to 99999999", value);
    }
}
