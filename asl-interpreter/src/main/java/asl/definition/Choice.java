package asl.definition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the first rule whose condition is true, or else the default. Its own Assign applies whichever rule matches. If
 * a rule assigns the same variable, the rule's value holds. Its own Output belongs to the default. The developer guide
 * says this of Assign, but other interpreters differ, so do not rely on it.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html">Choice workflow state</a>
 * @see <a href="https://states-language.net/spec.html#choice-state">Amazon States Language, Choice state</a>
 */
public record Choice(
        String name,
        List<ChoiceRule> choices,
        Optional<String> defaultNext,
        Map<String, Template> assign,
        Optional<Template> output)
        implements State {
    @Override
    public String type() {
        return "Choice";
    }

    @Override
    public List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (var rule : choices) {
            targets.add(new Target("Choices[" + targets.size() + "]/Next", rule.next()));
        }
        defaultNext.ifPresent(state -> targets.add(new Target("Default", state)));
        return targets;
    }

    @Override
    public Set<String> variables() {
        var variables = new LinkedHashSet<String>(assign.keySet());
        choices.forEach(rule -> variables.addAll(rule.assign().keySet()));
        return variables;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visit(this);
    }
}
