package asl.definition;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in the {@code ${Name}} of a definition as SAM's DefinitionSubstitutions do: plain text for plain text, before
 * the definition is read as JSON.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html">AWS::Serverless::StateMachine</a>
 */
public final class Substitutions {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");

    private Substitutions() {}

    /** Refuses, with a DefinitionException, a reference to a name without a value. */
    public static String apply(String text, Map<String, String> values) {
        return REFERENCE.matcher(text).replaceAll(reference -> {
            var name = reference.group(1);
            var value = values.get(name);
            if (value == null) {
                throw new DefinitionException(
                        "definition: ${" + name + "} has no value among " + new TreeSet<>(values.keySet()));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
