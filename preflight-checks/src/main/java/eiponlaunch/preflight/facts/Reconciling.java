package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.Map;

/**
 * The schedule that starts Reconcile, and the groups that it starts it for.
 *
 * @param schedule its name
 * @param enabled whether it starts anything
 * @param target the ARN of what it starts
 * @param roleTrusts the services that may use the schedule's role
 * @param missingGroups those of ReconcileGroups that are not there
 * @param launchHooks the launch hooks of each of the others, by the group's name
 */
public record Reconciling(
        String schedule,
        boolean enabled,
        String target,
        List<String> roleTrusts,
        List<String> missingGroups,
        Map<String, List<String>> launchHooks) {
    public Reconciling {
        roleTrusts = List.copyOf(roleTrusts);
        missingGroups = List.copyOf(missingGroups);
        launchHooks = Map.copyOf(launchHooks);
    }
}
