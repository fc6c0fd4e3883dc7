package eiponlaunch.preflight.facts;

import java.util.List;

/**
 * An EventBridge rule that starts a workflow.
 *
 * @param name its name
 * @param enabled whether it does anything
 * @param pattern the events that it matches
 * @param targets the ARNs of what it starts
 */
public record Rule(String name, boolean enabled, String pattern, List<String> targets) {
    /** Whether the rule matches the event of a hook. */
    public record Match(String hook, boolean matches) {}

    public Rule {
        targets = List.copyOf(targets);
    }
}
