package eiponlaunch.preflight.facts;

import eiponlaunch.model.Zone;
import eiponlaunch.preflight.facts.Lookup.Nothing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is looked at.
 *
 * @param groupName the group
 * @param hookName the launch hook; without one, those of the settings that the group has
 * @param settings the stack's settings, or the defaults without a stack
 */
public record Target(String groupName, Optional<String> hookName, Settings settings) {
    /** The transitions that the stack answers. */
    public List<Transition> transitions() {
        return settings.terminateHookNames().isEmpty()
                ? List.of(Transition.LAUNCH)
                : List.of(Transition.LAUNCH, Transition.TERMINATION);
    }

    /** The hooks that are meant for a transition, among all of the group. */
    public Lookup<List<Hook>> hooks(Transition transition, List<Hook> ofTheGroup) {
        var names = names(transition);
        if (names.isEmpty()) {
            return new Nothing<>(
                    transition.stack().withoutHook(),
                    "the stack's parameter " + transition.stack().parameter() + " names no hook",
                    Fix.of("give --hook, or deploy the stack with "
                            + transition.stack().parameter()));
        }
        var meant =
                ofTheGroup.stream().filter(hook -> names.contains(hook.name())).toList();
        return meant.isEmpty()
                ? new Nothing<>(
                        transition.stack().withoutHook(),
                        "the group has no hook " + String.join(" or ", names),
                        Fix.run(
                                "put the hook",
                                "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + Shell.quote(groupName)
                                        + " --lifecycle-hook-name " + Shell.quote(names.get(0))
                                        + " --lifecycle-transition "
                                        + transition.hook().lifecycleTransition()
                                        + " --default-result "
                                        + transition.hook().defaultResult() + " --heartbeat-timeout "
                                        + settings.heartbeatSeconds(transition)))
                : Lookup.of(meant);
    }

    private List<String> names(Transition transition) {
        return switch (transition) {
            case LAUNCH -> hookName.map(List::of).orElse(settings.hookNames());
            case TERMINATION -> settings.terminateHookNames();
        };
    }

    /** The pools that these hooks choose; the stack's own when none of them chooses. */
    public List<PoolAddresses> pools(List<Hook> hooks, List<Address> addresses, List<Subnet> subnets) {
        var borderGroups = subnets.stream()
                .flatMap(subnet -> subnet.borderGroup().stream())
                .collect(Collectors.toUnmodifiableSet());
        var zones = subnets.stream()
                .map(subnet -> new Zone(subnet.zone(), subnet.zoneId().orElse(null)))
                .distinct()
                .toList();
        var chosen = hooks.stream()
                .flatMap(hook -> HookPool.of(hook, settings.pools()).pool().stream())
                .distinct()
                .toList();
        return (chosen.isEmpty() ? List.of(settings.pools().ofTheStack()) : chosen)
                .stream()
                        .map(pool -> new PoolAddresses(pool, addresses, borderGroups, zones))
                        .toList();
    }
}
