package asl.definition;

import com.dashjoin.jsonata.Parser;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an expression refers to outside itself, read from its syntax tree. An expression has no context of its own in Step
 * Functions, so a bare name, {@code $} and {@code $$} stand for nothing there and are refused when a state machine is created.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data with
 *     JSONata in Step Functions</a>
 */
final class ExpressionTree {
    /** The parser shows its tree to nobody, but its nodes are plain fields. */
    private static final JsonMapper TREE = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .build();

    /** Step Functions has no $eval; $shuffle would draw from a random source that no seed governs. */
    private static final Set<String> REFUSED = Set.of("eval", "shuffle");
    /** They came with JSONata 2.1. The parser makes of them what it makes of {@code ? :}. */
    private static final List<String> LATER_OPERATORS = List.of("??", "?:");

    private final String source;
    private final Set<String> variables = new LinkedHashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> statesFields = new LinkedHashSet<>();
    private final int depth;

    private ExpressionTree(String source, JsonNode root) {
        this.source = source;
        this.depth = depth(root);
    }

    /** Refuses, with a DefinitionException, what stands for nothing. */
    static ExpressionTree of(String expression) {
        var root = TREE.<JsonNode>valueToTree(new Parser().parse(expression));
        var tree = new ExpressionTree(expression, root);
        tree.walk(root, false, new HashSet<>());
        tree.variables.removeAll(tree.asked);
        return tree;
    }

    /** Variables and functions that it does not bind itself, except those that {@code $exists} asks for. */
    Set<String> variables() {
        return variables;
    }

    /** The fields of {@code $states} that it reads. */
    Set<String> statesFields() {
        return statesFields;
    }

    /** How many of its parts are nested into each other: a sum of n numbers has n. What a function calls is not counted. */
    int depth() {
        return depth;
    }

    private static int depth(JsonNode node) {
        var deepest = 0;
        for (var child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return deepest + (node.has("type") ? 1 : 0);
    }

    private void walk(JsonNode node, boolean hasContext, Set<String> bound) {
        switch (node.path("type").asText()) {
            case "path" -> path(node, hasContext, bound);
            case "name" -> {
                if (!hasContext) {
                    throw new DefinitionException(
                            "has the bare name " + node.path("value").asText()
                                    + ", which stands for nothing; a variable is $"
                                    + node.path("value").asText() + ", a text has quotes");
                }
                rest(node, bound);
            }
            case "wildcard", "descendant", "parent" -> {
                if (!hasContext) {
                    throw new DefinitionException("has a " + node.path("type").asText() + " of nothing");
                }
                rest(node, bound);
            }
            case "variable" -> variable(node, hasContext, bound);
            case "function", "partial" -> function(node, hasContext, bound);
            case "lambda" -> {
                var inside = new HashSet<>(bound);
                node.path("arguments")
                        .forEach(argument -> inside.add(argument.path("value").asText()));
                walk(node.path("body"), hasContext, inside);
            }
            case "block" -> {
                var inside = new HashSet<>(bound);
                node.path("expressions").forEach(each -> walk(each, hasContext, inside));
                rest(node, inside);
            }
            case "bind" -> {
                bound.add(node.path("lhs").path("value").asText());
                walk(node.path("rhs"), hasContext, bound);
            }
            case "condition" -> {
                condition(node);
                node.forEach(each -> walk(each, hasContext, bound));
            }
            default -> {
                node.forEach(each -> walk(each, hasContext, bound));
            }
        }
    }

    /** Its first step has the context of the path. Each further step has the result of the step before it. */
    private void path(JsonNode path, boolean hasContext, Set<String> bound) {
        var steps = path.path("steps");
        if (steps.path(0).path("value").asText().equals("states")
                && steps.path(1).path("type").asText().equals("name")) {
            statesFields.add(steps.path(1).path("value").asText());
        }
        for (var i = 0; i < steps.size(); i++) {
            walk(steps.get(i), hasContext || i > 0, bound);
        }
        walk(path.path("group"), true, bound);
    }

    /** Its position is where its operator ends. */
    private void condition(JsonNode condition) {
        for (var operator : LATER_OPERATORS) {
            if (source.startsWith(operator, condition.path("position").asInt() - operator.length())) {
                throw new DefinitionException("has the operator " + operator
                        + ", which JSONata 2.0.6, the version of Step Functions, does not have");
            }
        }
    }

    private void variable(JsonNode variable, boolean hasContext, Set<String> bound) {
        var name = variable.path("value").asText();
        if (name.equals("$") || (name.isEmpty() && !hasContext)) {
            throw new DefinitionException("has $" + name + ", which stands for nothing; the input is $states.input");
        }
        if (REFUSED.contains(name)) {
            throw new DefinitionException("uses $" + name + ", which is not supported");
        }
        if (!name.isEmpty() && !bound.contains(name)) {
            variables.add(name);
        }
        rest(variable, bound);
    }

    private void function(JsonNode call, boolean hasContext, Set<String> bound) {
        walk(call.path("procedure"), hasContext, bound);
        for (var argument : call.path("arguments")) {
            var alone = argument.path("type").asText().equals("path")
                    ? argument.path("steps").path(0)
                    : argument;
            if (call.path("procedure").path("value").asText().equals("exists")
                    && alone.path("type").asText().equals("variable")) {
                asked.add(alone.path("value").asText());
            }
            walk(argument, hasContext, bound);
        }
        rest(call, bound);
    }

    /** What is applied to a value has that as its context. */
    private void rest(JsonNode node, Set<String> bound) {
        walk(node.path("stages"), true, bound);
        walk(node.path("predicate"), true, bound);
        walk(node.path("group"), true, bound);
        walk(node.path("nextFunction"), true, bound);
    }
}
