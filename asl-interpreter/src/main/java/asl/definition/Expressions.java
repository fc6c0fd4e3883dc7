package asl.definition;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Collects the expressions of a state, except those inside a Map's processor, which has its own states. */
final class Expressions implements State.Visitor {
    private final List<Expression> found = new ArrayList<>();

    private Expressions() {}

    static List<Expression> of(State state) {
        var expressions = new Expressions();
        state.accept(expressions);
        return expressions.found;
    }

    @Override
    public void visit(Task task) {
        add(task.arguments());
        add(task.timeoutSeconds());
        add(task.assign().values());
        add(task.output());
        catchers(task.catchers());
    }

    @Override
    public void visit(MapState map) {
        add(map.items());
        add(map.itemSelector());
        add(map.maxConcurrency());
        add(map.assign().values());
        add(map.output());
        catchers(map.catchers());
    }

    @Override
    public void visit(Choice choice) {
        choice.choices().forEach(rule -> {
            found.add(rule.condition());
            add(rule.assign().values());
            add(rule.output());
        });
        add(choice.assign().values());
        add(choice.output());
    }

    @Override
    public void visit(Wait wait) {
        wait.seconds().render(this::note);
        add(wait.assign().values());
        add(wait.output());
    }

    @Override
    public void visit(Pass pass) {
        add(pass.assign().values());
        add(pass.output());
    }

    @Override
    public void visit(Succeed succeed) {
        add(succeed.output());
    }

    @Override
    public void visit(Fail fail) {
        add(fail.error());
        add(fail.cause());
    }

    private void catchers(List<Catcher> catchers) {
        catchers.forEach(catcher -> {
            add(catcher.assign().values());
            add(catcher.output());
        });
    }

    private void add(Optional<Template> template) {
        template.ifPresent(present -> present.render(this::note));
    }

    private void add(Collection<Template> templates) {
        templates.forEach(template -> template.render(this::note));
    }

    private Object note(Expression expression) {
        found.add(expression);
        return expression;
    }
}
