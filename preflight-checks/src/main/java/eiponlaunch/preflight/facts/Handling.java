package eiponlaunch.preflight.facts;

import java.util.List;

/**
 * How instances are held in a transition, and how the stack answers that.
 *
 * @param transition the transition
 * @param hooks the hooks that are meant
 * @param rule the stack's rule for it
 * @param matches whether the rule matches the event of each hook
 * @param otherRules enabled rules other than the stack's that match the event of one of the hooks as well, by their names
 * @param timeouts the timeouts in seconds of the functions that may still run when the workflow has stopped trying
 */
public record Handling(
        Transition transition,
        Lookup<List<Hook>> hooks,
        Lookup<Rule> rule,
        Lookup<List<Rule.Match>> matches,
        Lookup<List<String>> otherRules,
        Lookup<List<Integer>> timeouts) {}
