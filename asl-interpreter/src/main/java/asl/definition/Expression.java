package asl.definition;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One JSONata expression, compiled once when its definition is read, with the field it was written in.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming data with
 *     JSONata in Step Functions</a>
 */
public final class Expression {
    private static final Pattern NAME = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)");
    private static final Pattern PATH = Pattern.compile("\\$[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

    private static final int MOST_KEPT = 1_000;

    /**
     * What was compiled last: definitions of one shape have most texts in common, and compiling is most of what reading a
     * definition takes. Of each thread, as no two may evaluate the same Jsonata at a time.
     */
    private static final ThreadLocal<Map<String, Compiled>> KEPT =
            ThreadLocal.withInitial(() -> new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Compiled> leastRecentlyUsed) {
                    return size() > MOST_KEPT;
                }
            });

    private record Compiled(Jsonata jsonata, Set<String> names, ExpressionTree tree, List<String> path) {}

    private final String text;
    private final String field;
    private final Compiled compiled;

    private Expression(String text, String field, Compiled compiled) {
        this.text = text;
        this.field = field;
        this.compiled = compiled;
    }

    /** Refuses, with a DefinitionException, what JSONata cannot parse, and what does not exist here. */
    public static Expression compile(String text, String field) {
        var kept = KEPT.get();
        var compiled = kept.get(text);
        if (compiled == null) {
            compiled = compile(text);
            kept.put(text, compiled);
        }
        return new Expression(text, field, compiled);
    }

    private static Compiled compile(String text) {
        var names = NAME.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toUnmodifiableSet());
        try {
            var tree = ExpressionTree.of(text);
            var jsonata = Jsonata.jsonata(text);
            jsonata.setValidateInput(false);
            jsonata.setOutputConvertNulls(false); // Step Functions tells JSON null from nothing
            // JSONata lets the instance that a thread made last keep the variables of each evaluation for the next one
            // and look through all of them; so the last one is never one that is evaluated
            Jsonata.jsonata("null");
            var path = PATH.matcher(text).matches() ? List.of(text.substring(1).split("\\.")) : List.<String>of();
            return new Compiled(jsonata, names, tree, path);
        } catch (JException e) {
            throw new DefinitionException("is not JSONata: " + e.getMessage(), e);
        }
    }

    public String text() {
        return text;
    }

    /** Where in its state it stands, as AWS writes it: "Arguments/Payload/event", "Choices[1]/Condition". */
    public String field() {
        return field;
    }

    public Jsonata compiled() {
        return compiled.jsonata();
    }

    /**
     * A variable's name, without its $, and the names of the fields that lead from it to the value; empty for an expression that
     * is anything else than such a path.
     */
    public List<String> path() {
        return compiled.path();
    }

    /** How many of its parts are nested into each other. */
    public int depth() {
        return compiled.tree().depth();
    }

    /**
     * Variables and functions that must exist: it does not bind them itself, and does not ask for them by {@code
     * $exists}.
     */
    Set<String> variables() {
        return compiled.tree().variables();
    }

    /** The fields of {@code $states} that it reads. */
    Set<String> statesFields() {
        return compiled.tree().statesFields();
    }

    /** The variables and functions that the text may refer to, without their $: no others need to be bound. */
    public Set<String> names() {
        return compiled.names();
    }

    @Override
    public String toString() {
        return "{% " + text + " %}";
    }
}
