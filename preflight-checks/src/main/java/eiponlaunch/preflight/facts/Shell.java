package eiponlaunch.preflight.facts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words of a command that can be pasted into a POSIX shell, whatever is in them. */
public final class Shell {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+-]+");

    private Shell() {}

    /** The word as it stands when a shell leaves it alone, else in quotes. */
    public static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** JSON as one word. */
    public static String quote(JsonNode json) {
        return quote(json.toString());
    }

    /** The words, separated by spaces. */
    public static String quote(Collection<String> words) {
        return words.stream().map(Shell::quote).collect(Collectors.joining(" "));
    }
}
