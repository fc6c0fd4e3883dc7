package eiponlaunch.preflight.facts;

import static java.util.Objects.requireNonNull;

/**
 * What to do about a finding.
 *
 * @param text in words; empty when there is nothing to do
 * @param command a command that does it, to be pasted into a shell as it stands; empty when there is none
 */
public record Fix(String text, String command) {
    /** Nothing to do. */
    public static final Fix NONE = new Fix("", "");

    public Fix {
        requireNonNull(text, "text is null");
        requireNonNull(command, "command is null");
    }

    /** A fix without a command. */
    public static Fix of(String text) {
        return new Fix(text, "");
    }

    /** A fix that the command makes. */
    public static Fix run(String text, String command) {
        return new Fix(text, command);
    }
}
