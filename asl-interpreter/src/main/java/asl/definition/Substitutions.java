package asl.definition;

import java.util.Map;
import java.util.TreeSet;

/**
 * Fills in the {@code ${Name}} of a definition as SAM's DefinitionSubstitutions do: plain text for plain text, before
 * the definition is read as JSON.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html">AWS::Serverless::StateMachine</a>
 */
public final class Substitutions {
    private static final String BEGIN = "${";

    private Substitutions() {}

    /** Refuses, with a DefinitionException, a reference to a name without a value. */
    public static String apply(String text, Map<String, String> values) {
        var filled = new StringBuilder(text.length());
        var copied = 0;
        for (var start = text.indexOf(BEGIN); start >= 0; start = text.indexOf(BEGIN, start + 1)) {
            var end = text.indexOf('}', start);
            if (end < 0) {
                break;
            }
            var name = text.substring(start + BEGIN.length(), end);
            if (name.indexOf('{') < 0) {
                filled.append(text, copied, start).append(value(name, values));
                copied = end + 1;
            }
        }
        return filled.append(text, copied, text.length()).toString();
    }

    private static String value(String name, Map<String, String> values) {
        var value = values.get(name);
        if (value == null) {
            throw new DefinitionException(
                    "definition: ${" + name + "} has no value among " + new TreeSet<>(values.keySet()));
        }
        return value;
    }
}
